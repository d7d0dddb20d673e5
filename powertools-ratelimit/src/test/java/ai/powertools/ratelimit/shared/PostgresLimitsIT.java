package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.VirtualClock;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is of PostgreSQL alone: setting up, sweeping, transactions, and a database that is slow. */
@ExtendWith(PostgresExtension.class)
class PostgresLimitsIT {
  private static final Limit LIMIT =
      Limit.of(Dimension.REQUESTS, 60, Duration.ofMinutes(1)).burst(1);
  private static final SharedTake TAKE =
      SharedTake.of("key", Limits.of(LIMIT).concurrency(2), Map.of(Dimension.REQUESTS, 1L))
          .holding("lease", Duration.ofSeconds(20));

  private final PostgresServer.Database database;

  PostgresLimitsIT(PostgresServer.Database database) {
    this.database = database;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return SharedLimitsContract.get(future);
  }

  private long count(String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Each question opens a connection, so it does not spin. */
  private void awaitCount(String table, long expected) throws SQLException {
    for (int i = 0; i < 5_000 && count(table) != expected; i++) {
      Thread.onSpinWait();
    }
    assertThat(count(table)).isEqualTo(expected);
  }

  @Test
  void isSetUpByManyAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<PostgresLimitsBuilder>> setUp = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        setUp.add(threads.submit(() -> PostgresLimits.at(database.dataSource()).migrate()));
      }
      for (Future<PostgresLimitsBuilder> one : setUp) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(count("powertools_limit")).isZero();
  }

  @Test
  void saysWhatIsWrongWhenItWasNotSetUp() {
    try (PostgresLimits shared =
        PostgresLimits.at(database.dataSource()).timeout(Duration.ofSeconds(20)).open()) {
      assertThatThrownBy(() -> get(shared.take(TAKE)))
          .cause()
          .isInstanceOf(SharedLimitsException.class)
          .hasMessageStartingWith("Could not take from \"key\" by PostgreSQL: ")
          .hasMessageContaining("powertools_limit_take");
      assertThat(shared).hasToString("limits in PostgreSQL");
    }
  }

  @Test
  void forgetsWhatIsIdle() throws Exception {
    AtomicLong now = new AtomicLong(1_700_000_000_000_000L);
    VirtualClock clock = VirtualClock.create();
    try (PostgresLimits shared =
        PostgresLimits.at(database.dataSource()).migrate().time(clock).clock(now::get).open()) {
      get(shared.take(TAKE));
      get(shared.sweep());
      assertThat(count("powertools_limit")).isEqualTo(1);
      assertThat(count("powertools_limit_place")).isEqualTo(1);
      now.addAndGet(Question.micros(Duration.ofSeconds(20)));
      get(shared.sweep());
      assertThat(count("powertools_limit")).isZero();
      assertThat(count("powertools_limit_place")).isZero();
      assertThat(get(shared.take(TAKE)).granted()).isTrue();
    }
  }

  @Test
  void sweepsByItselfFromTimeToTime() throws Exception {
    AtomicLong now = new AtomicLong(1_700_000_000_000_000L);
    VirtualClock clock = VirtualClock.create();
    PostgresLimits shared =
        PostgresLimits.at(database.dataSource()).migrate().time(clock).clock(now::get).open();
    get(shared.take(TAKE));
    now.addAndGet(Question.micros(Duration.ofMinutes(5)));
    clock.advance(Duration.ofMinutes(5));
    get(shared.take(SharedTake.of("other", Limits.of(LIMIT), Map.of(Dimension.REQUESTS, 1L))));
    shared.close();
    awaitCount("powertools_limit_place", 0); // the sweep runs on a thread of its own
    awaitCount("powertools_limit", 1);
  }

  @Test
  void worksWithAPoolThatDoesNotCommitByItself() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(config);
        PostgresLimits shared =
            PostgresLimits.at(pool).migrate().timeout(Duration.ofSeconds(20)).open()) {
      assertThat(get(shared.take(TAKE)).granted()).isTrue();
      assertThat(get(shared.take(TAKE)).granted()).isFalse();
    }
    assertThat(count("powertools_limit_place")).isEqualTo(1);
  }

  @Test
  void whatIsAnsweredTooLateIsUndone() throws Exception {
    VirtualClock clock = VirtualClock.create();
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        PostgresLimits shared =
            PostgresLimits.at(database.dataSource()).migrate().time(clock).open()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE powertools_limit");
      CompletableFuture<Grant> late = shared.take(TAKE);
      clock.advance(Duration.ofSeconds(2));
      assertThatThrownBy(() -> get(late)).cause().hasMessageContaining("no answer in time");
      other.commit();
      awaitCount("powertools_limit", 1);
      awaitCount("powertools_limit_place", 0);
    }
  }

  @Test
  void refusesATimeoutOfNothing() {
    assertThatThrownBy(() -> PostgresLimits.at(database.dataSource()).timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An answer takes 1 ms or more, not PT0S.");
  }

  @Test
  void saysThatItCouldNotBeSetUp() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW powertools_limit_place AS SELECT 1");
    }
    assertThatThrownBy(() -> PostgresLimits.at(database.dataSource()).migrate())
        .isInstanceOf(SharedLimitsException.class)
        .hasMessageStartingWith("Could not set limits up by PostgreSQL: ");
  }
}
