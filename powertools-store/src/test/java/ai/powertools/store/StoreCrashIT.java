package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.RandomInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Durable means durable: a process that writes is killed with SIGKILL at random moments, as often
 * as {@code -Dpowertools.crash.cycles} says, always on the same file. Each time everything that was
 * acknowledged in this and all earlier lives has to be there, whole, and of what was not, at most
 * the one write that each thread had under way.
 */
class StoreCrashIT {
  private static final int WRITERS = 4;

  @TempDir Path folder;

  private final RandomInput random = RandomInput.seeded();
  private final long[] acknowledged = new long[WRITERS];
  private long unacknowledged;
  private long killedWhileStarting;

  @Test
  void losesTearsAndInventsNothingWhenKilled() {
    int cycles = RandomInput.size("powertools.crash.cycles", 20);
    Path file = folder.resolve("state.db");
    for (int cycle = 1; cycle <= cycles; cycle++) {
      try (JavaProcess writer =
          JavaProcess.start(CrashingWriter.class, file.toString(), "" + WRITERS)) {
        killAtSomeMoment(writer);
      }
      check(file, "cycle " + cycle + ", " + random);
    }
    System.out.printf(
        "StoreCrashIT: %d kills (%d while starting), %d acknowledged writes, 0 lost, 0 torn,"
            + " %d in flight kept whole, %s%n",
        cycles, killedWhileStarting, Arrays.stream(acknowledged).sum(), unacknowledged, random);
    assertThat(Arrays.stream(acknowledged).sum()).isPositive();
  }

  private void killAtSomeMoment(JavaProcess writer) {
    if (random.chance(0.2)) {
      spin(random.ints(50, 500) * 1_000_000L);
      killedWhileStarting++;
    } else {
      writer.awaitLine("ready;");
      for (int i = random.ints(0, 300); i > 0; i--) {
        note(writer.readLine().orElseThrow());
      }
      spin(random.ints(0, 5_000) * 1_000L);
    }
    // Not by kill(), which also closes the pipe: what was acknowledged last would not be read.
    ProcessHandle.of(writer.pid()).ifPresent(ProcessHandle::destroyForcibly);
    writer.remainingLines().forEach(this::note);
    assertThat(writer.await()).as("ended by SIGKILL").isEqualTo(137);
  }

  /** Not a wait for something to happen, but the choice of a moment. */
  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private void note(String line) {
    if (line.startsWith("ack ") && line.endsWith(";")) {
      String[] words = line.substring(4, line.length() - 1).split(" ", -1);
      int writer = Integer.parseInt(words[0]);
      long n = Long.parseLong(words[1]);
      assertThat(n).as("each writer counts up").isEqualTo(acknowledged[writer] + 1);
      acknowledged[writer] = n;
    }
  }

  private void check(Path file, String where) {
    try (Store store = Store.sqlite(file)) {
      store.migrate(CrashingWriter.TABLES);
      assertThat(strings(store, "PRAGMA integrity_check", "integrity_check"))
          .as(where)
          .containsExactly("ok");
      assertThat(strings(store, TORN, "torn")).as("torn writes, " + where).isEmpty();
      for (int writer = 0; writer < WRITERS; writer++) {
        long kept = kept(store, writer);
        assertThat(kept)
            .as("writer " + writer + ", " + where)
            .isBetween(acknowledged[writer], acknowledged[writer] + 1);
        unacknowledged += kept - acknowledged[writer];
        acknowledged[writer] = kept; // from here on it must stay, like all that was ever seen
      }
    }
  }

  private static final String TORN =
      """
      SELECT 'writer ' || total.writer || ': total ' || total.n AS torn
        FROM total LEFT JOIN head USING (writer)
        GROUP BY total.writer, total.n
        HAVING COUNT(head.n) <> total.n OR MIN(head.n) <> 1 OR MAX(head.n) <> total.n
      UNION ALL
      SELECT 'no whole body of ' || head.writer || '/' || head.n
        FROM head LEFT JOIN body USING (writer, n)
        WHERE body.text IS NULL OR length(body.text) <> head.size
      UNION ALL
      SELECT 'no head of ' || body.writer || '/' || body.n
        FROM body LEFT JOIN head USING (writer, n) WHERE head.n IS NULL
      UNION ALL
      SELECT 'no total of ' || head.writer
        FROM head LEFT JOIN total USING (writer) WHERE total.n IS NULL
      """;

  private static long kept(Store store, int writer) {
    Optional<Long> kept =
        store.read(
            sql ->
                sql.first("SELECT n FROM total WHERE writer = ?", r -> r.longValue("n"), writer));
    return kept.orElse(0L);
  }

  private static List<String> strings(Store store, String query, String column) {
    return store.read(sql -> sql.query(query, r -> r.string(column)));
  }
}
