package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.StoreException.Kind;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(PostgresExtension.class)
class PostgresStoreIT {
  private PostgresServer.Database database;
  private HikariDataSource pool;

  @BeforeEach
  void openPool(PostgresServer.Database empty) {
    database = empty;
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
  }

  @AfterEach
  void closePool() {
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).as("not given back").isZero();
    pool.close();
  }

  private Store openDatabase() {
    return Store.postgres(pool);
  }

  @Nested
  class Transactions extends TransactionsContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class SingleReads extends SingleReadsContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class LeasesOfIt extends LeasesContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class SharedLeases extends SharedLeasesContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class Watches extends WatchContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class SharedWatches extends SharedWatchContract {
    @Override
    Store open() {
      return openDatabase();
    }

    @Override
    boolean overtakes() {
      return true;
    }
  }

  @Nested
  class Maintenance extends MaintenanceContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class Writers extends WritersContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class MigrationsOfIt extends MigrationsContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  @Nested
  class Shared extends SharedContract {
    @Override
    Store open() {
      return openDatabase();
    }
  }

  /** What only a server can be asked, or can't do. */
  @Nested
  class Upkeep extends OpenStore {
    @Override
    Store open() {
      return openDatabase();
    }

    @Test
    void saysWhoCanCopyIt() {
      Path copy = Path.of("never-made-" + System.nanoTime());
      assertThat(refusal(() -> store.backup(copy)))
          .hasMessage(
              "Could not back up "
                  + store.location()
                  + " into a file: only its server can copy a PostgreSQL database."
                  + " Use pg_dump, or the backup of sessions where these are all that counts.")
          .returns(Kind.UNSUPPORTED, StoreException::kind);
      assertThat(copy).doesNotExist();
      assertThat(store.recovery()).isEqualTo(Recovery.NONE);
    }

    @Test
    void saysThatItCouldNotCheckAllWithoutTheExtension() {
      increment(store);
      Integrity integrity = store.verify();
      assertThat(integrity.isSound()).isTrue();
      assertThat(integrity.thorough()).isFalse();
      assertThat(integrity.checked())
          .startsWith("every value was read; powertools_schema;")
          .contains("amcheck");
    }

    @Test
    void findsAnIndexThatDoesNotFitItsTable() throws SQLException {
      increment(store);
      onTheServer(
          database,
          """
          CREATE SCHEMA "Odd"; CREATE EXTENSION amcheck SCHEMA "Odd";
          CREATE FUNCTION turned(BIGINT) RETURNS BIGINT IMMUTABLE LANGUAGE plpgsql
            AS 'BEGIN RETURN $1; END';
          CREATE INDEX lying ON counter (turned(value));
          """);
      Integrity sound = store.verify();
      assertThat(sound.problems()).isEmpty();
      assertThat(sound.thorough()).isTrue();
      assertThat(sound.checked()).contains("amcheck");

      onTheServer(
          database,
          "CREATE OR REPLACE FUNCTION turned(BIGINT) RETURNS BIGINT IMMUTABLE LANGUAGE plpgsql"
              + " AS 'BEGIN RETURN -$1; END'");
      Integrity integrity = store.verify();
      assertThat(integrity.problems()).hasSize(1);
      assertThat(integrity.problems().get(0)).contains("lying").contains("lacks matching index");
      assertThat(integrity.thorough()).isTrue();
    }

    @Test
    void findsAnIndexThatIsNotValid() throws SQLException {
      onTheServer(
          database,
          "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'counter_pkey'::regclass");
      assertThat(store.verify().problems()).containsExactly("index counter_pkey is not valid");
    }

    @Test
    void saysWhatItsUserMayNotRead() throws SQLException {
      String role = "looker_" + database.url().replaceAll("\\D", "");
      onTheServer(
          database,
          "CREATE EXTENSION amcheck; CREATE ROLE %1$s; GRANT SELECT ON note, powertools_schema TO %1$s"
              .formatted(role));
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(database.url());
      source.setOptions("-c role=" + role);
      try (Store mine = Store.postgres(source)) {
        Integrity integrity = mine.verify();
        assertThat(integrity.problems()).isEmpty();
        assertThat(integrity.thorough()).isFalse();
        assertThat(integrity.checked())
            .startsWith("every value was read, but of 1 tables that this user may not read;");
      } finally {
        onTheServer(database, "DROP OWNED BY %1$s; DROP ROLE %1$s;".formatted(role));
      }
    }

    @Test
    void readsOneStatementInOneTrip() {
      increment(store);
      List<String> sent =
          store.query(
              "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()",
              r -> r.string("query"));
      assertThat(sent).singleElement().asString().contains("pg_stat_activity");
      assertThat(
              store.first(
                  "SELECT current_setting('transaction_read_only') AS s", r -> r.string("s")))
          .hasValue("on");
      assertThat(
              store.first(
                  "SELECT current_setting('transaction_isolation') AS s", r -> r.string("s")))
          .hasValue("repeatable read");
      assertThat(kind(() -> store.query("DO $$ BEGIN END $$", r -> 1))).isEqualTo(Kind.STATEMENT);
    }
  }

  static void onTheServer(PostgresServer.Database database, String script) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  /** What goes wrong only where there is a server. */
  @Nested
  class Trouble extends OpenStore {
    @Override
    Store open() {
      return openDatabase();
    }

    @Test
    void namesItsPlaceWithoutThePassword() {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(database.url());
      source.setPassword("s3cret");
      try (Store named = Store.postgres(source)) {
        assertThat(named.location())
            .startsWith("jdbc:postgresql://")
            .doesNotContain("s3cret")
            .doesNotContain("?");
      }
    }

    @Test
    void tellsADatabaseThatCanNotBeReached() {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(database.url().replaceFirst("/test_\\d+", "/nowhere"));
      assertThat(refusal(() -> Store.postgres(source)))
          .hasMessageStartingWith("Could not connect at PostgreSQL: FATAL: database \"nowhere\"")
          .hasMessageEndingWith(
              "Check that the server runs, lets this user in and has connections left.")
          .returns(Kind.UNAVAILABLE, StoreException::kind)
          .returns(true, StoreException::retryable);
    }

    @ParameterizedTest
    @CsvSource({
      "55P03, BUSY, true",
      "57014, BUSY, true",
      "25006, READ_ONLY, false",
      "42501, READ_ONLY, false",
      "53100, FULL, false",
      "53200, UNAVAILABLE, true",
      "58030, UNAVAILABLE, true",
      "23514, CONSTRAINT, false",
      "XX001, CORRUPT, false",
      "P0001, STATEMENT, false"
    })
    void tellsWhatTheServersCodesMean(String state, Kind kind, boolean retryable) {
      assertThat(refusal(() -> store.update(sql -> raise(sql, state))))
          .hasMessageContaining("(SQLState " + state + ")")
          .returns(kind, StoreException::kind)
          .returns(retryable, StoreException::retryable);
      store.update(sql -> insert(sql, "goes on"));
      assertThat(texts()).containsExactly("goes on");
    }

    @Test
    void quotesNoValueOfAParameter() {
      StoreException refusal =
          refusal(
              () ->
                  store.update(
                      sql ->
                          sql.execute(
                              "INSERT INTO note (number) VALUES (CAST(? AS BIGINT))", "s3cret")));
      assertThat(refusal)
          .hasMessageContaining("invalid input syntax for type bigint: (a value)")
          .returns(Kind.STATEMENT, StoreException::kind);
      assertThat(TransactionsContract.trace(refusal)).doesNotContain("s3cret");
    }

    @Test
    void runsAgainWhatLostARace() {
      AtomicInteger runs = new AtomicInteger();
      store.update(
          sql -> {
            insert(sql, "run " + runs.incrementAndGet());
            if (runs.get() < 3) {
              raise(sql, runs.get() == 1 ? "40001" : "40P01");
            }
          });
      assertThat(texts()).containsExactly("run 3");
    }

    @Test
    void givesUpWhatLosesEveryRace() {
      AtomicInteger runs = new AtomicInteger();
      assertThat(
              refusal(
                  () ->
                      store.update(
                          sql -> {
                            runs.incrementAndGet();
                            raise(sql, "40001");
                          })))
          .hasMessageContaining("Other processes were in the way again and again; try again.")
          .returns(Kind.CONFLICT, StoreException::kind)
          .returns(true, StoreException::retryable);
      assertThat(runs).hasValue(30);
    }

    @Test
    void goesOnAfterAConnectionThatBroke() {
      assertThat(
              refusal(
                  () ->
                      store.update(
                          sql -> {
                            insert(sql, "lost");
                            sql.query("SELECT pg_terminate_backend(pg_backend_pid())", r -> 1);
                          })))
          .returns(Kind.UNAVAILABLE, StoreException::kind)
          .returns(true, StoreException::retryable);
      store.update(sql -> insert(sql, "kept"));
      assertThat(texts()).containsExactly("kept");
    }

    @Test
    void doesNotClaimToKnowWhatBecameOfACommitThatBroke() throws SQLException {
      onTheServer(
          """
          CREATE FUNCTION break_off() RETURNS TRIGGER LANGUAGE plpgsql AS $$
          BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
          CREATE CONSTRAINT TRIGGER breaks AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.text = 'break') EXECUTE FUNCTION break_off();
          """);
      assertThat(refusal(() -> store.update(sql -> insert(sql, "break"))))
          .hasMessage(
              "The connection to "
                  + store.location()
                  + " broke during the commit: what was written may have been kept or not."
                  + " Read it again before writing it again.")
          .returns(Kind.IN_DOUBT, StoreException::kind)
          .returns(false, StoreException::retryable);
      store.update(sql -> insert(sql, "after"));
      assertThat(texts()).contains("after");
    }

    @Test
    void startsOnTablesThatAnotherUserMade() throws SQLException {
      String role = "app_" + database.url().replaceAll("\\D", "");
      onTheServer(
          "CREATE ROLE %1$s; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO %1$s;"
              .formatted(role));
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(database.url());
      source.setOptions("-c role=" + role);
      try (Store mine = Store.postgres(source)) {
        mine.migrate(TABLES);
        mine.update(sql -> insert(sql, "kept"));
        assertThat(kind(() -> mine.migrate(TABLES.step(2, "ALTER TABLE note ADD COLUMN a BIGINT"))))
            .isEqualTo(Kind.READ_ONLY);
        assertThat(kind(() -> mine.update(sql -> sql.execute("DELETE FROM note"))))
            .isEqualTo(Kind.READ_ONLY);
      } finally {
        onTheServer("DROP OWNED BY %1$s; DROP ROLE %1$s;".formatted(role));
      }
      assertThat(texts()).containsExactly("kept");
    }

    private void onTheServer(String script) throws SQLException {
      PostgresStoreIT.onTheServer(database, script);
    }

    private void raise(Sql sql, String state) {
      sql.execute("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$");
    }
  }
}
