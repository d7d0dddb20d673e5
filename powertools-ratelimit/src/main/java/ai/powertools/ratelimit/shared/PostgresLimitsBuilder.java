package ai.powertools.ratelimit.shared;

import ai.powertools.core.Threads;
import ai.powertools.core.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** How limits are kept in PostgreSQL. Immutable. */
public final class PostgresLimitsBuilder {
  /** Who sets up takes this lock: two at once would trip over each other's functions. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(7203954417246511)";

  private final DataSource pool;
  private final Duration timeout;
  private final Time time;
  private final Supplier<Object> clock;

  private PostgresLimitsBuilder(
      DataSource pool, Duration timeout, Time time, Supplier<Object> clock) {
    this.pool = pool;
    this.timeout = timeout;
    this.time = time;
    this.clock = clock;
  }

  static PostgresLimitsBuilder of(DataSource pool) {
    return new PostgresLimitsBuilder(
        pool, Duration.ofSeconds(2), Time.system(), () -> SqlNull.BIGINT);
  }

  /**
   * Makes the two tables and the functions, in the schema that comes first in the search path, or
   * brings them up to date. Harmless when they are there, and when several processes do it at once.
   *
   * @throws SharedLimitsException if the database can't be reached or refuses
   */
  public PostgresLimitsBuilder migrate() {
    try (Connection connection = pool.getConnection()) {
      boolean automatic = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LOCK);
        statement.execute(script());
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(automatic);
      }
    } catch (SQLException e) {
      throw SharedLimitsException.noAnswer("set limits up", "PostgreSQL", e);
    }
    return this;
  }

  private static String script() {
    try (InputStream in = PostgresLimitsBuilder.class.getResourceAsStream("limits.sql")) {
      if (in == null) {
        throw new IllegalStateException("limits.sql is missing: repackage with resources.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How long an answer is waited for, a connection from the pool included; 2 s unless it is said.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public PostgresLimitsBuilder timeout(Duration timeout) {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("An answer takes 1 ms or more, not " + timeout + ".");
    }
    return new PostgresLimitsBuilder(pool, timeout, time, clock);
  }

  /** What the timeout is measured by; the default is the system's time. */
  public PostgresLimitsBuilder time(Time time) {
    return new PostgresLimitsBuilder(pool, timeout, time, clock);
  }

  /** In place of the server's time: microseconds, for tests that compare. */
  PostgresLimitsBuilder clock(Supplier<Object> clock) {
    return new PostgresLimitsBuilder(pool, timeout, time, clock);
  }

  /** The limits. The database is asked when the first is taken. */
  public PostgresLimits open() {
    return new PostgresLimits(
        new PostgresCalls(
            pool, Threads.perTask("limits"), clock, time, new AtomicLong(time.nanos())),
        new Patience("PostgreSQL", timeout, time));
  }
}
