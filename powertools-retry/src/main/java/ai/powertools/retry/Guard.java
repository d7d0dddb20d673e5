package ai.powertools.retry;

import ai.powertools.core.Time;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands around each attempt, from the outside: circuit breaker, timeout, bulkhead. The
 * breaker is outermost, so that an open one costs nobody a place, and that attempts which were cut
 * short count; the bulkhead is innermost, so that a place is taken until the work has really ended.
 */
record Guard(
    @Nullable CircuitBreakers breakers,
    @Nullable TimeLimit timeout,
    @Nullable Bulkhead bulkhead,
    Policy policy) {

  /** Makes the attempt on this thread. */
  <T extends @Nullable Object> T call(String key, Attempt attempt, AttemptCall<T> work)
      throws Exception {
    return admitted(key, attempt.startNanos(), () -> attempt.checked(timed(attempt, work)));
  }

  /** The same for work that asks for nothing but to be done, and has no timeout. */
  <T extends @Nullable Object> T call(String key, long start, Callable<T> work) throws Exception {
    return admitted(key, start, () -> placed(work));
  }

  private <T extends @Nullable Object> T admitted(String key, long start, Callable<T> work)
      throws Exception {
    if (breakers == null) {
      return work.call();
    }
    Breaker breaker = breakers.of(key);
    breaker.admit();
    T result;
    try {
      result = work.call();
    } catch (Throwable error) {
      // Work that fails on an interrupted thread, as the loser of a hedge, fails for that.
      if (Thread.currentThread().isInterrupted()) {
        breaker.withdrawn();
      } else {
        settle(breaker, error, time().nanos() - start);
      }
      throw error;
    }
    breaker.succeeded(time().nanos() - start);
    return result;
  }

  private <T extends @Nullable Object> T timed(Attempt attempt, AttemptCall<T> work)
      throws Exception {
    return timeout == null
        ? placed(() -> work.call(attempt))
        : timeout.call(attempt, limited -> placed(() -> work.call(limited)));
  }

  private <T extends @Nullable Object> T placed(Callable<T> work) throws Exception {
    if (bulkhead == null) {
      return work.call();
    }
    takePlace(bulkhead);
    try {
      return work.call();
    } finally {
      bulkhead.onComplete();
    }
  }

  /** Makes the attempt; the future is cancelled if the one given back is. */
  <T extends @Nullable Object> CompletableFuture<T> callAsync(
      String key, Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    if (breakers == null) {
      return checked(attempt, timedAsync(attempt, work));
    }
    Breaker breaker = breakers.of(key);
    breaker.admit();
    CompletableFuture<T> inner;
    try {
      inner = checked(attempt, timedAsync(attempt, work));
    } catch (Throwable error) {
      settle(breaker, error, time().nanos() - attempt.startNanos());
      throw error;
    }
    return settled(breaker, attempt, inner);
  }

  /** The future's own end settles the breaker first, so that who hears of it sees the state. */
  private <T extends @Nullable Object> CompletableFuture<T> settled(
      Breaker breaker, Attempt attempt, CompletableFuture<T> inner) {
    long start = attempt.startNanos();
    CompletableFuture<T> outer = new CompletableFuture<>();
    AtomicBoolean open = new AtomicBoolean(true);
    var unused =
        inner.whenComplete(
            (value, error) -> {
              if (open.getAndSet(false)) {
                long took = time().nanos() - start;
                if (error == null) {
                  breaker.succeeded(took);
                } else {
                  settle(breaker, Causes.unwrap(error), took);
                }
              }
              if (error == null) {
                outer.complete(value);
              } else {
                outer.completeExceptionally(Causes.unwrap(error));
              }
            });
    var unusedEnd =
        outer.whenComplete(
            (value, error) -> {
              if (open.getAndSet(false)) {
                breaker.withdrawn();
              }
              inner.cancel(true);
            });
    return outer;
  }

  private <T extends @Nullable Object> CompletableFuture<T> checked(
      Attempt attempt, CompletableFuture<T> future) {
    if (!attempt.checksResults()) {
      return future;
    }
    CompletableFuture<T> outer = future.thenApply(attempt::checked);
    Futures.cancelWith(outer, future);
    return outer;
  }

  private <T extends @Nullable Object> CompletableFuture<T> timedAsync(
      Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    return timeout == null
        ? placedAsync(attempt, work)
        : timeout.callAsync(attempt, a -> placedAsync(a, work));
  }

  private <T extends @Nullable Object> CompletableFuture<T> placedAsync(
      Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    if (bulkhead == null) {
      return begin(attempt, work);
    }
    takePlace(bulkhead);
    CompletableFuture<T> future;
    try {
      future = begin(attempt, work);
    } catch (Throwable error) {
      bulkhead.onComplete();
      throw error;
    }
    var unused = future.whenComplete((value, error) -> bulkhead.onComplete());
    return future;
  }

  private static <T extends @Nullable Object> CompletableFuture<T> begin(
      Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    return Objects.requireNonNull(
        work.apply(attempt), "The work gave no future, but null, for " + attempt);
  }

  private static void takePlace(Bulkhead bulkhead) {
    if (!bulkhead.tryAcquirePermission()) {
      throw new BulkheadFullException(bulkhead.getBulkheadConfig().getMaxConcurrentCalls());
    }
  }

  private Time time() {
    return policy.time();
  }

  /** A classifier that throws must not leave the breaker waiting for this call. */
  private void settle(Breaker breaker, Throwable error, long nanos) {
    if (error instanceof BulkheadFullException) {
      breaker.withdrawn();
      return;
    }
    Verdict verdict;
    try {
      verdict = policy.judge(error);
    } catch (Throwable broken) {
      verdict = Verdict.unknown();
    }
    breaker.failed(nanos, error, verdict);
  }
}
