package ai.powertools.ratelimit.shared;

import ai.powertools.core.Time;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Asks PostgreSQL, each statement on a thread of its own and in a transaction of its own; and has
 * it swept from time to time.
 *
 * @param clock in place of the server's time, in microseconds; {@link SqlNull#BIGINT} for that
 */
record PostgresCalls(
    DataSource pool, ExecutorService threads, Supplier<Object> clock, Time time, AtomicLong swept)
    implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofMinutes(5);

  /** What is made of the one column of the one row. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Row row) throws SQLException;
  }

  /** A row with an array of numbers. */
  record Row(ResultSet result) {
    long[] longs() throws SQLException {
      Object array = result.getArray(1).getArray();
      return Arrays.stream((Long[]) array).mapToLong(Long::longValue).toArray();
    }
  }

  Object now() {
    return clock.get();
  }

  <T> CompletableFuture<T> ask(String sql, Reading<T> reading, Object... values) {
    try {
      sweepNowAndThen();
      return CompletableFuture.supplyAsync(() -> answer(sql, reading, values), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(SharedLimitsException.closed("limits in PostgreSQL"));
    }
  }

  private void sweepNowAndThen() {
    long last = swept.get();
    if (time.since(last).compareTo(SWEEP) >= 0 && swept.compareAndSet(last, time.nanos())) {
      var unused =
          CompletableFuture.supplyAsync(
              () -> answer("SELECT powertools_limit_sweep(?)", row -> true, now()), threads);
    }
  }

  private <T> T answer(String sql, Reading<T> reading, Object... values) {
    try (Connection connection = pool.getConnection()) {
      boolean automatic = connection.getAutoCommit();
      T answer = answer(connection, sql, reading, values);
      if (!automatic) {
        connection.commit();
      }
      return answer;
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private static <T> T answer(
      Connection connection, String sql, Reading<T> reading, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        set(connection, statement, i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return reading.of(new Row(result));
      }
    }
  }

  private static void set(
      Connection connection, PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof SqlNull none) {
      statement.setNull(index, none.type);
    } else if (value instanceof long[] numbers) {
      Array array = connection.createArrayOf("bigint", Arrays.stream(numbers).boxed().toArray());
      statement.setArray(index, array);
    } else if (value instanceof String[] texts) {
      statement.setArray(index, connection.createArrayOf("text", texts));
    } else {
      statement.setObject(index, value);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
