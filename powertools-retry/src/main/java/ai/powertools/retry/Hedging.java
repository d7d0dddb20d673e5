package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Threads;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One handler's hedges: the rule, the latencies it goes by, and the share it may not exceed. */
final class Hedging {
  private final Hedge hedge;
  private final RetryBudget budget;
  private final Latencies latencies = new Latencies();
  private final Time time;
  private final ThreadFactory threads = Threads.factory("powertools-hedge");

  Hedging(Hedge hedge, Time time) {
    this.hedge = hedge;
    this.budget = RetryBudget.builder(hedge.share()).reserve(1).burst(10).build();
    this.time = time;
  }

  /** Makes an attempt, and further calls beside it if it takes long. */
  <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    budget.onCall();
    return new HedgedCall<>(this, attempt, work).start();
  }

  /** The same for calls that block: each on a thread of its own, while this one waits. */
  <T extends @Nullable Object> T call(Attempt attempt, AttemptCall<T> work) throws Exception {
    CompletableFuture<T> answer = callAsync(attempt, one -> onThread(one, work));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw CancelledException.interrupted("waiting for " + attempt, e);
    } catch (ExecutionException | CancellationException e) {
      throw asThrown(Causes.unwrap(errorOf(answer)));
    }
  }

  /** Asked of the future itself, since newer JDKs throw another one than it was ended with. */
  private static Throwable errorOf(CompletableFuture<?> failed) {
    return Objects.requireNonNull(
        failed.<@Nullable Throwable>handle((value, error) -> error).join());
  }

  private static Exception asThrown(Throwable error) {
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return (Exception) error;
  }

  /** A future whose cancellation interrupts the thread that makes it. */
  private <T extends @Nullable Object> CompletableFuture<T> onThread(
      Attempt attempt, AttemptCall<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        threads.newThread(
            Deadline.carry(
                () -> {
                  try {
                    answer.complete(work.call(attempt));
                  } catch (Throwable error) {
                    answer.completeExceptionally(error);
                  }
                }));
    var unused =
        answer.whenComplete(
            (value, error) -> {
              if (answer.isCancelled()) {
                thread.interrupt();
              }
            });
    thread.start();
    return answer;
  }

  /** How long to wait for an answer before the next call is begun; empty if it never is. */
  Optional<Duration> delay() {
    return hedge.delay() == null
        ? latencies.percentile(hedge.percentile())
        : Optional.of(hedge.delay());
  }

  int max() {
    return hedge.max();
  }

  boolean tryHedge() {
    return budget.tryRetry();
  }

  void answered(long nanos) {
    latencies.add(nanos);
  }

  Time time() {
    return time;
  }
}
