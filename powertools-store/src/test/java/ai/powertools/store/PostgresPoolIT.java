package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.store.StoreException.Kind;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a pool of one connection: whatever happened on it, the next one finds it clean. */
@ExtendWith(PostgresExtension.class)
class PostgresPoolIT {
  private HikariDataSource pool;
  private Store store;

  @BeforeEach
  void open(PostgresServer.Database database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250); // the shortest that the pool allows, in milliseconds
    config.setAutoCommit(false);
    pool = new HikariDataSource(config);
    store = Store.postgres(pool);
    store.migrate(OpenStore.TABLES);
  }

  @AfterEach
  void close() {
    store.close();
    assertThat(pool.isClosed()).as("the pool is the caller's").isFalse();
    pool.close();
  }

  @Test
  void givesTheConnectionBackWhateverHappened() {
    List<Transaction<Integer>> failures =
        List.of(
            sql -> sql.execute("nonsense"),
            sql -> {
              sql.query("SELECT 1", r -> 1);
              throw new AssertionError("an error");
            },
            sql -> {
              throw new IllegalStateException("an exception");
            },
            sql -> sql.query("SELECT 1 FROM nowhere", r -> 1).size());
    for (Transaction<Integer> failure : failures) {
      assertThatThrownBy(() -> store.read(failure)).isNotNull();
      OpenStore.increment(store);
      assertThatThrownBy(() -> store.write(failure)).isNotNull();
      OpenStore.increment(store);
    }
    assertThat(OpenStore.count(store)).isEqualTo(2 * failures.size());
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void breaksAConnectionWhoseTransactionCanNotBeEnded() {
    int before = backend();
    assertThat(
            OpenStore.kind(
                () ->
                    store.read(
                        sql -> sql.query("SELECT pg_terminate_backend(pg_backend_pid())", r -> 1))))
        .isEqualTo(Kind.UNAVAILABLE);
    assertThat(backend()).isNotEqualTo(before);
  }

  @Test
  void tellsAPoolThatHasNoConnectionLeft() throws Exception {
    try (Connection taken = pool.getConnection()) {
      assertThat(taken.isValid(1)).isTrue();
      assertThat(OpenStore.refusal(() -> store.update(sql -> {})))
          .hasMessageStartingWith("Could not connect at " + store.location() + ": HikariPool-")
          .returns(Kind.UNAVAILABLE, StoreException::kind);

      AtomicBoolean restored = new AtomicBoolean();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.read(sql -> 1))
          .isInstanceOf(CancelledException.class)
          .hasMessage("Interrupted while waiting for a connection to " + store.location() + ".");
      restored.set(Thread.interrupted());
      assertThat(restored).isTrue();
    }
    OpenStore.increment(store);
    assertThat(OpenStore.count(store)).isEqualTo(1);
  }

  private int backend() {
    return store
        .read(sql -> sql.first("SELECT pg_backend_pid() AS pid", r -> r.intValue("pid")))
        .orElseThrow();
  }
}
