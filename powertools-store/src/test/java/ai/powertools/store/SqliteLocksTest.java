package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.store.StoreException.Kind;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where another process holds a lock on the file: here a connection of our own plays it. */
class SqliteLocksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final VirtualClock clock = VirtualClock.create();
  private Path file;
  private Connection other;

  @BeforeEach
  void connect() throws Exception {
    file = Files.createFile(folder.resolve("state.db"));
    other = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void disconnect() throws SQLException {
    other.close();
  }

  @Test
  void manyMayOpenANewFileAtOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      Path fresh = folder.resolve("new" + i);
      WritersContract.inThreads(
          8,
          () -> {
            try (Store store = Store.sqlite(fresh)) {
              store.migrate(OpenStore.TABLES);
              OpenStore.increment(store);
            }
          });
      try (Store store = Store.sqlite(fresh)) {
        assertThat(OpenStore.count(store)).isEqualTo(8);
      }
    }
  }

  @Test
  void waitsForTheOneThatMakesTheFile() throws Exception {
    run("BEGIN IMMEDIATE");
    Opening opening = new Opening();
    clock.awaitSleepers(1);
    run("COMMIT");
    clock.advance(Duration.ofSeconds(1));

    assertThat(opening.failure()).isNull();
  }

  @Test
  void doesNotWaitForItForEver() throws Exception {
    run("BEGIN IMMEDIATE");
    Opening opening = new Opening();
    clock.awaitSleepers(1);
    clock.advance(PATIENCE);

    assertThat(opening.failure())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY))
        .hasMessageStartingWith("Could not open at " + file + ": ");
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    run("BEGIN IMMEDIATE");
    Opening opening = new Opening();
    clock.awaitSleepers(1);
    opening.thread.interrupt();

    assertThat(opening.failure())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while opening " + file + ".");
    assertThat(opening.flag).as("the flag is restored").hasValue(true);
  }

  @Test
  void tellsThatAnotherProcessWritesForTooLong() throws Exception {
    try (TransactionalStore store =
        new TransactionalStore(SqliteEngine.file(file, Duration.ofMillis(20), Time.system()))) {
      store.migrate(OpenStore.TABLES);
      run("BEGIN IMMEDIATE");

      assertThat(OpenStore.refusal(() -> store.update(sql -> {})))
          .hasMessageEndingWith(
              "Another process has been writing for too long; look for one that hangs, or try again.")
          .returns(Kind.BUSY, StoreException::kind)
          .returns(true, StoreException::retryable);
      assertThat(OpenStore.count(store)).as("reading goes on").isZero();

      run("ROLLBACK");
      OpenStore.increment(store);
      assertThat(OpenStore.count(store)).isEqualTo(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A thread that opens the file. */
  private final class Opening {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicReference<Boolean> flag = new AtomicReference<>();
    private final Thread thread = new Thread(this::open);

    Opening() {
      thread.start();
    }

    private void open() {
      try (SqliteEngine engine = SqliteEngine.file(file, PATIENCE, clock)) {
        assertThat(engine.location()).isEqualTo(file.toString());
      } catch (Throwable e) {
        failure.set(e);
        flag.set(Thread.currentThread().isInterrupted());
      }
    }

    Throwable failure() throws InterruptedException {
      thread.join();
      return failure.get();
    }
  }
}
