package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Limits that several processes share in PostgreSQL, 14 or later: one statement per decision, on
 * the clock of PostgreSQL. The caller brings the driver, and a pool: each decision takes a
 * connection and gives it back.
 *
 * <pre>{@code
 * SharedLimits limits = PostgresLimits.at(pool).migrate().open();
 * }</pre>
 *
 * <p>Decisions on one key follow each other, each as long as a commit takes; where that is too
 * slow, take for several calls at once with {@link Slices}. What is committed survives a crash. A
 * clock that is set back goes on from there.
 *
 * <p>An answer that comes after the timeout is undone. Safe for use by many threads.
 */
public final class PostgresLimits implements SharedLimits {
  private final PostgresCalls postgres;
  private final Patience patience;

  PostgresLimits(PostgresCalls postgres, Patience patience) {
    this.postgres = postgres;
    this.patience = patience;
  }

  /** A database by a pool of one's own, which the caller closes. */
  public static PostgresLimitsBuilder at(DataSource pool) {
    return PostgresLimitsBuilder.of(pool);
  }

  @Override
  public CompletableFuture<Grant> take(SharedTake take) {
    Question question = Question.of(take.limits());
    return with(
        "take from \"" + take.key() + "\"",
        "SELECT powertools_limit_take(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        grant -> Undo.late(this, take, grant),
        row -> {
          long[] numbers = row.longs();
          long[] taken = new long[numbers.length - 5];
          System.arraycopy(numbers, 5, taken, 0, taken.length);
          return question.answered(take, numbers, taken);
        },
        take.key(),
        postgres.now(),
        Question.micros(take.ahead()),
        take.limits().concurrency().isPresent()
            ? (long) take.limits().concurrency().getAsInt()
            : SqlNull.BIGINT,
        take.lease().isPresent() ? take.lease().get() : SqlNull.TEXT,
        Question.micros(take.ttl()),
        question.counted(take.least()),
        question.counted(take.most()),
        ids(question),
        dimensions(question),
        limits(question));
  }

  private static String[] ids(Question question) {
    return question.limits().stream().map(ExactLimit::id).toArray(String[]::new);
  }

  private static long[] dimensions(Question question) {
    return question.limits().stream().mapToLong(limit -> question.dimensionOf(limit) + 1).toArray();
  }

  private static long[] limits(Question question) {
    return question.limits().stream()
        .flatMapToLong(
            limit ->
                java.util.stream.LongStream.of(
                    limit.isWindow() ? 1 : 0,
                    limit.inflow(),
                    limit.period(),
                    limit.window(),
                    limit.most(),
                    limit.slot()))
        .toArray();
  }

  @Override
  public CompletableFuture<Void> giveBack(
      String key, Limits limits, Map<Dimension, Long> amounts, long stamp) {
    Question question = Question.of(limits);
    return done(
        "give back to \"" + key + "\"",
        "SELECT powertools_limit_give_back(?, ?, ?, ?, ?, ?, ?)",
        key,
        postgres.now(),
        stamp,
        question.counted(amounts),
        ids(question),
        dimensions(question),
        limits(question));
  }

  @Override
  public CompletableFuture<Void> renew(String key, List<String> leases, Duration ttl) {
    return done(
        "renew places of \"" + key + "\"",
        "SELECT powertools_limit_renew(?, ?, ?, ?)",
        key,
        postgres.now(),
        Question.micros(ttl),
        leases.toArray(String[]::new));
  }

  @Override
  public CompletableFuture<Void> release(String key, String lease) {
    return done(
        "release a place of \"" + key + "\"",
        "WITH gone AS (DELETE FROM powertools_limit_place WHERE key = ? AND lease = ?) SELECT 1",
        key,
        lease);
  }

  @Override
  public CompletableFuture<Void> backOff(String key, Duration pause) {
    return done(
        "close \"" + key + "\"",
        "SELECT powertools_limit_back_off(?, ?, ?)",
        key,
        postgres.now(),
        Question.microsUp(pause));
  }

  /** Forgets keys that were idle, and places that lapsed. Happens by itself every five minutes. */
  public CompletableFuture<Void> sweep() {
    return done("sweep", "SELECT powertools_limit_sweep(?)", postgres.now());
  }

  private CompletableFuture<Void> done(String what, String sql, Object... values) {
    return with(what, sql, done -> {}, row -> true, values).thenAccept(done -> {});
  }

  private <T> CompletableFuture<T> with(
      String what,
      String sql,
      Consumer<T> late,
      PostgresCalls.Reading<T> reading,
      Object... values) {
    return patience.with(what, postgres.ask(sql, reading, values), late);
  }

  @Override
  public void close() {
    postgres.close();
  }

  @Override
  public String toString() {
    return "limits in " + patience.where();
  }
}
