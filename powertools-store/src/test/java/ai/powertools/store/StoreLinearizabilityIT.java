package ai.powertools.store;

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
 * Three processes of eight threads read, write and compare and set a few registers in one database,
 * in all modes of writing, while one process or another is suspended for a moment. What they were
 * answered has to look as if one thing had been done after the other.
 */
class StoreLinearizabilityIT {
  private static final int PROCESSES = 3;
  private static final int THREADS = 8;

  @TempDir Path folder;

  private final RandomInput random = RandomInput.seeded();

  @Test
  void aSqliteFileIsLinearizable() throws InterruptedException {
    Path file = folder.resolve("state.db");
    try (Store store = Store.sqlite(file)) {
      store.migrate(RegisterProcess.TABLES);
    }
    check("SQLite", file.toString());
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void aPostgresDatabaseIsLinearizable(PostgresServer.Database database)
      throws InterruptedException {
    try (Store store = Store.postgres(database.dataSource())) {
      store.migrate(RegisterProcess.TABLES);
    }
    check("PostgreSQL", database.url());
  }

  private void check(String name, String where) throws InterruptedException {
    int millis = RandomInput.size("powertools.history.millis", 1_500);
    List<Path> files = new ArrayList<>();
    List<JavaProcess> processes = new ArrayList<>();
    try {
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
      processes.forEach(process -> process.awaitLine("done"));
      judge(name, HistoryFile.registers(files), suspended);
    } finally {
      processes.forEach(JavaProcess::close);
    }
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
      time.sleep(random.durations(Duration.ofMillis(5), Duration.ofMillis(150)));
      one.resume();
      suspended++;
    }
    return suspended;
  }

  private void judge(
      String name, List<Operation<RegisterOperation, String>> history, int suspended) {
    Verdict verdict = LinearizabilityChecker.of(new RegisterModel("0")).check(history);
    System.out.printf(
        "StoreLinearizabilityIT: %s: %d operations on %d keys, %d times suspended, %d unanswered,"
            + " %s: %s%n",
        name,
        history.size(),
        RegisterProcess.KEYS,
        suspended,
        history.stream().filter(one -> one.result().isEmpty()).count(),
        random,
        verdict.getClass().getSimpleName());
    assertThat(history).hasSizeGreaterThan(100);
    assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
  }
}
