package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.testing.HistoryFile;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.LinearizabilityChecker;
import ai.powertools.testing.Operation;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.RegisterModel;
import ai.powertools.testing.RegisterOperation;
import ai.powertools.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of eight threads on the same sessions, one or another of them suspended now and
 * then for longer than its lock holds. What they were answered has to look as if one thing had been
 * done after the other; what was counted under the lock is what was acknowledged, so that no writer
 * whose lock had gone to somebody else ever won.
 */
class SessionLinearizabilityIT {
  private static final int PROCESSES = 3;
  private static final int THREADS = 8;

  @TempDir Path folder;

  private final RandomInput random = RandomInput.seeded();

  @Test
  void aSqliteFileIsLinearizable() throws InterruptedException {
    Path file = folder.resolve("state.db");
    check("SQLite", file.toString(), Sessions.at(file));
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void aPostgresDatabaseIsLinearizable(PostgresServer.Database database)
      throws InterruptedException {
    check("PostgreSQL", database.url(), Sessions.postgres(database.dataSource()));
  }

  private void check(String name, String where, Sessions opened) throws InterruptedException {
    int millis = RandomInput.size("powertools.history.millis", 1_500);
    List<Path> files = new ArrayList<>();
    List<JavaProcess> processes = new ArrayList<>();
    try (Sessions sessions = opened) {
      Session locked = sessions.open(RegisterProcess.LOCKED);
      for (int i = 0; i < PROCESSES; i++) {
        files.add(folder.resolve(name + i));
        processes.add(
            JavaProcess.start(
                RegisterProcess.class,
                where,
                files.get(i).toString(),
                "p" + i,
                "" + THREADS,
                "" + millis,
                "" + random.longs(0, Long.MAX_VALUE)));
      }
      processes.forEach(process -> process.awaitLine("started"));
      processes.forEach(process -> process.writeLine("go"));
      int suspended = suspendNowAndThen(processes, millis);
      List<String> counts = processes.stream().map(SessionLinearizabilityIT::count).toList();
      processes.forEach(process -> process.awaitLine("done"));
      judge(name, HistoryFile.registers(files), suspended, counts);
      assertThat(locked.find("count", Integer.class).orElse(0))
          .as("every count that was acknowledged, and those whose outcome nobody knows: %s", counts)
          .isBetween(sum(counts, 1), sum(counts, 1) + sum(counts, 2));
      assertThat(sessions.verify().problems()).isEmpty();
    } finally {
      processes.forEach(JavaProcess::close);
    }
  }

  private static String count(JavaProcess process) {
    while (true) {
      String line = process.readLine().orElseThrow();
      if (line.startsWith("counted ")) {
        return line;
      }
    }
  }

  private static int sum(List<String> counts, int column) {
    return counts.stream()
        .mapToInt(line -> Integer.parseInt(List.of(line.split(" ", -1)).get(column)))
        .sum();
  }

  /** Not waits for something to happen, but choices of a moment and of a length. */
  private int suspendNowAndThen(List<JavaProcess> processes, int millis)
      throws InterruptedException {
    Time time = Time.system();
    long start = time.nanos();
    int suspended = 0;
    while (time.since(start).toMillis() < millis * 2L / 3) {
      time.sleep(random.durations(Duration.ofMillis(20), Duration.ofMillis(150)));
      JavaProcess one = random.oneOf(processes);
      one.suspend();
      time.sleep(random.durations(Duration.ofMillis(5), Duration.ofMillis(200)));
      one.resume();
      suspended++;
    }
    return suspended;
  }

  private void judge(
      String name,
      List<Operation<RegisterOperation, String>> history,
      int suspended,
      List<String> counts) {
    Verdict verdict = LinearizabilityChecker.of(new RegisterModel("0")).check(history);
    System.out.printf(
        "SessionLinearizabilityIT: %s: %d operations on %d values, %d times suspended, %d counted"
            + " under the lock, %d refused as stale, %s: %s%n",
        name,
        history.size(),
        RegisterProcess.KEYS,
        suspended,
        sum(counts, 1),
        sum(counts, 3),
        random,
        verdict.getClass().getSimpleName());
    assertThat(history).hasSizeGreaterThan(100);
    assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
  }
}
