package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several processes start together on one new database and write the same row. */
class StoreProcessesIT {
  private static final int PROCESSES = 3;
  private static final int THREADS = 4;
  private static final int EACH = 100;

  @Test
  void loseNoIncrementOnOneSqliteFile(@TempDir Path folder) {
    Path file = folder.resolve("new/state.db");
    incrementTogether(file.toString());
    assertSum(Store.sqlite(file));
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void loseNoIncrementOnOnePostgresDatabase(PostgresServer.Database database) {
    incrementTogether(database.url());
    assertSum(Store.postgres(database.dataSource()));
  }

  private static void incrementTogether(String where) {
    List<JavaProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(JavaProcess.start(CountingProcess.class, where, "" + THREADS, "" + EACH));
      }
      processes.forEach(process -> process.awaitLine("started"));
      processes.forEach(process -> process.writeLine("go"));
      processes.forEach(process -> process.awaitLine("done"));
      processes.forEach(process -> assertThat(process.await()).isZero());
    } finally {
      processes.forEach(JavaProcess::close);
    }
  }

  private static void assertSum(Store opened) {
    try (Store store = opened) {
      store.migrate(OpenStore.TABLES);
      assertThat(OpenStore.count(store)).isEqualTo(PROCESSES * THREADS * EACH);
    }
  }
}
