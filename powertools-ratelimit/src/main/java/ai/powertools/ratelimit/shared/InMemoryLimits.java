package ai.powertools.ratelimit.shared;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Limits that several limiters of one process share, and what tests use in place of a server. All
 * futures are complete when they are given.
 *
 * <p>Safe for use by many threads. Keys are kept until it is closed.
 */
public final class InMemoryLimits implements SharedLimits {
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final LongSupplier clock;
  private volatile boolean closed;

  private InMemoryLimits(LongSupplier clock) {
    this.clock = clock;
  }

  /** On the machine's time. */
  public static InMemoryLimits create() {
    return on(Time.system());
  }

  /** On this time. */
  public static InMemoryLimits on(Time time) {
    long start = time.nanos();
    return on(() -> time.since(start).toNanos() / 1_000);
  }

  /** On a clock of microseconds, as a server's, which may be set back. */
  static InMemoryLimits on(LongSupplier micros) {
    return new InMemoryLimits(micros);
  }

  @Override
  public CompletableFuture<Grant> take(SharedTake take) {
    Question question = Question.of(take.limits());
    return with(take.key(), (line, now) -> line.take(take, question, now));
  }

  @Override
  public CompletableFuture<Void> giveBack(
      String key, Limits limits, Map<Dimension, Long> amounts, long stamp) {
    Question question = Question.of(limits);
    long[] counts = question.counted(amounts);
    return done(key, (line, now) -> line.giveBack(question, counts, stamp, now));
  }

  @Override
  public CompletableFuture<Void> renew(String key, List<String> leases, Duration ttl) {
    return done(
        key, (line, now) -> leases.forEach(lease -> line.hold(lease, now + Question.micros(ttl))));
  }

  @Override
  public CompletableFuture<Void> release(String key, String lease) {
    return done(key, (line, now) -> line.release(lease));
  }

  @Override
  public CompletableFuture<Void> backOff(String key, Duration pause) {
    return done(key, (line, now) -> line.backOff(now + Question.microsUp(pause), now));
  }

  private interface Change {
    void apply(Line line, long now);
  }

  private CompletableFuture<Void> done(String key, Change change) {
    return this.<Boolean>with(
            key,
            (line, now) -> {
              change.apply(line, now);
              return true;
            })
        .thenAccept(applied -> {});
  }

  private <T> CompletableFuture<T> with(String key, BiFunction<Line, Long, T> work) {
    if (closed) {
      return CompletableFuture.failedFuture(SharedLimitsException.closed(toString()));
    }
    Line line = lines.computeIfAbsent(key, unused -> new Line());
    synchronized (line) {
      return CompletableFuture.completedFuture(work.apply(line, clock.getAsLong()));
    }
  }

  @Override
  public void close() {
    closed = true;
    lines.clear();
  }

  @Override
  public String toString() {
    return "limits in memory";
  }
}
