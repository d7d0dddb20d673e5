package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One process watches what another one commits. */
class WatchIT {
  private static final int CHANGES = 20;

  @Test
  void seesTheLastChangeOfAnotherProcessOnSqlite(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("state.db");
    watch(Store.sqlite(file), file.toString());
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void seesTheLastChangeOfAnotherProcessOnPostgres(PostgresServer.Database database)
      throws Exception {
    watch(Store.postgres(database.dataSource()), database.url());
  }

  private static void watch(Store opened, String where) throws Exception {
    Semaphore calls = new Semaphore(0);
    try (Store store = opened;
        JavaProcess other = JavaProcess.start(ChangingProcess.class, where)) {
      other.awaitLine("started");
      try (Watch watch = store.watch(Duration.ofMillis(10), calls::release)) {
        assertThat(watch).isNotNull();
        for (int i = 1; i <= CHANGES; i++) {
          other.writeLine("count");
          do {
            calls.acquire(); // hangs if a change is missed
          } while (OpenStore.count(store) < i);
        }
        for (int i = 0; i < CHANGES; i++) {
          other.writeLine("count");
        }
        other.writeLine("end");
        other.awaitLine("done");
        do {
          calls.acquire();
        } while (OpenStore.count(store) < 2 * CHANGES);
      }
    }
  }
}
