package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.session.AppendingProcess.Entry;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.RandomInput;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that appends is killed with SIGKILL at random moments, as often as {@code
 * -Dpowertools.crash.cycles} says, always on the same file: the log has no gaps, everything that
 * was acknowledged is in it at the number that was told, and of what was not, at most the one
 * append that each thread had under way, whole.
 */
class SessionCrashIT {
  private static final int WRITERS = 3;

  @TempDir Path folder;

  private final RandomInput random = RandomInput.seeded();
  private final long[] acknowledged = new long[WRITERS];
  private final long[] told = new long[WRITERS];
  private long[] sequences = new long[WRITERS];
  private long unacknowledged;

  @Test
  void theLogHasNoGapsAndNothingAcknowledgedIsMissing() {
    int cycles = RandomInput.size("powertools.crash.cycles", 8);
    Path file = folder.resolve("state.db");
    int entries = 0;
    for (int cycle = 1; cycle <= cycles; cycle++) {
      List<String> arguments = new ArrayList<>(List.of(file.toString()));
      for (long n : acknowledged) {
        arguments.add("" + n);
      }
      try (JavaProcess process =
          JavaProcess.start(AppendingProcess.class, arguments.toArray(String[]::new))) {
        killAtSomeMoment(process);
      }
      entries = check(file, "cycle " + cycle + ", " + random);
    }
    System.out.printf(
        "SessionCrashIT: %d kills, %d entries in the log, 0 lost, 0 gaps,"
            + " %d appends in flight kept whole, %s%n",
        cycles, entries, unacknowledged, random);
    assertThat(entries).isPositive();
  }

  private void killAtSomeMoment(JavaProcess process) {
    process.awaitLine("ready;");
    for (int i = random.ints(0, 100); i > 0; i--) {
      note(process.readLine().orElseThrow());
    }
    // Not by kill(), which also closes the pipe: what was acknowledged last would not be read.
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    process.remainingLines().forEach(this::note);
    assertThat(process.await()).as("ended by SIGKILL").isEqualTo(137);
  }

  private void note(String line) {
    if (line.startsWith("ack ") && line.endsWith(";")) {
      String[] words = line.substring(4, line.length() - 1).split(" ", -1);
      int writer = Integer.parseInt(words[0]);
      acknowledged[writer] = Long.parseLong(words[1]);
      told[writer] = acknowledged[writer];
      sequences[writer] = Long.parseLong(words[2]);
    }
  }

  private int check(Path file, String where) {
    try (Sessions sessions = Sessions.at(file)) {
      Session session = sessions.open(AppendingProcess.SESSION);
      List<Entry> log = session.log("log", Entry.class);
      assertThat(session.size("log")).as("the last number, " + where).isEqualTo(log.size());
      long[] kept = new long[WRITERS];
      long[] at = new long[WRITERS];
      for (int i = 0; i < log.size(); i++) {
        Entry entry = log.get(i);
        assertThat(entry.n())
            .as(entry + " at " + i + ", " + where)
            .isEqualTo(++kept[entry.writer()]);
        if (entry.n() == acknowledged[entry.writer()]) {
          at[entry.writer()] = i + 1L;
        }
      }
      assertThat(at).as("numbers of what was acknowledged last, " + where).isEqualTo(sequences);
      for (int writer = 0; writer < WRITERS; writer++) {
        checkWriter(session, writer, kept[writer], where);
      }
      sequences = sequences(log);
      return log.size();
    }
  }

  private void checkWriter(Session session, int writer, long kept, String where) {
    long before = acknowledged[writer];
    assertThat(kept).as("pairs are whole, " + where).isEven();
    assertThat(kept).as("writer " + writer + ", " + where).isBetween(before, before + 2);
    long set =
        session
            .find("writer " + writer, JsonNode.class)
            .map(value -> value.path("n").asLong())
            .orElse(0L);
    // Written after the append, so it may be behind it, but not behind what was told after both.
    assertThat(set)
        .as("the value of writer " + writer + ", " + where)
        .isBetween(told[writer], kept);
    unacknowledged += (kept - before) / 2;
    acknowledged[writer] = kept;
  }

  /** Where the last entry of each writer stands. */
  private static long[] sequences(List<Entry> log) {
    long[] last = new long[WRITERS];
    for (int i = 0; i < log.size(); i++) {
      last[log.get(i).writer()] = i + 1L;
    }
    return last;
  }
}
