package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt and the calls that are begun beside it: the first answer counts. */
final class HedgedCall<T extends @Nullable Object> {
  private final Hedging hedging;
  private final Attempt attempt;
  private final Function<Attempt, CompletableFuture<T>> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final List<CompletableFuture<T>> calls = new ArrayList<>();
  private int pending;
  private @Nullable Throwable firstError;
  private Time.@Nullable Timer timer;

  HedgedCall(Hedging hedging, Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    this.hedging = hedging;
    this.attempt = attempt;
    this.work = work;
  }

  CompletableFuture<T> start() {
    var unused = result.whenComplete((value, error) -> stop());
    launch(attempt);
    arm();
    return result;
  }

  private void arm() {
    if (!result.isDone()) {
      hedging
          .delay()
          .ifPresent(
              delay -> {
                synchronized (this) {
                  timer = hedging.time().after(delay, this::hedge);
                }
                stopIfDone();
              });
    }
  }

  private void hedge() {
    int begun;
    synchronized (this) {
      begun = calls.size();
    }
    // An attempt that has failed in the meantime is the retry's business.
    if (!result.isDone() && begun <= hedging.max() && hedging.tryHedge()) {
      launch(attempt.beside(begun, hedging.time().nanos()));
      if (begun < hedging.max()) {
        arm();
      }
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private void launch(Attempt one) {
    synchronized (this) {
      pending++;
    }
    CompletableFuture<T> call;
    try (Deadline.Scope scope = one.deadline().makeCurrent()) {
      call =
          Objects.requireNonNull(work.apply(one), "The work gave no future, but null, for " + one);
    } catch (Throwable error) {
      call = CompletableFuture.failedFuture(error);
    }
    synchronized (this) {
      calls.add(call);
    }
    var unused =
        call.whenComplete(
            (value, error) -> {
              if (error == null) {
                hedging.answered(hedging.time().nanos() - one.startNanos());
                result.complete(value);
              } else {
                failed(Causes.unwrap(error));
              }
            });
    stopIfDone();
  }

  private void failed(Throwable error) {
    Throwable first;
    synchronized (this) {
      if (firstError == null) {
        firstError = error;
      } else if (firstError != error && !result.isDone()) {
        firstError.addSuppressed(error);
      }
      first = --pending == 0 ? firstError : null;
    }
    if (first != null) {
      result.completeExceptionally(first);
    }
  }

  private void stopIfDone() {
    if (result.isDone()) {
      stop();
    }
  }

  private void stop() {
    List<CompletableFuture<T>> begun;
    Time.Timer wait;
    synchronized (this) {
      begun = List.copyOf(calls);
      wait = timer;
    }
    if (wait != null) {
      wait.cancel();
    }
    begun.forEach(call -> call.cancel(true));
  }
}
