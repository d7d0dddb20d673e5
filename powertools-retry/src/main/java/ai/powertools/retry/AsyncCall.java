package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call that blocks nobody: its attempts are futures, its waits are timers. Attempts follow each
 * other, so {@link Attempts} is used by one thread at a time; the future of the whole call may end
 * at any moment, from outside, and then ends what is under way.
 */
final class AsyncCall<T extends @Nullable Object> {
  private final Attempts attempts;
  private final Time time;
  private final Executor executor;
  private final Function<Attempt, CompletableFuture<T>> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private @Nullable CompletableFuture<T> inFlight;
  private Time.@Nullable Timer timer;

  AsyncCall(
      Attempts.Policy policy,
      Executor executor,
      Deadline deadline,
      Function<Attempt, CompletableFuture<T>> work) {
    this.attempts = new Attempts(policy, deadline);
    this.time = policy.time();
    this.executor = executor;
    this.work = work;
  }

  CompletableFuture<T> start() {
    var unused = result.whenComplete((value, error) -> stop());
    attempt();
    return result;
  }

  private void attempt() {
    if (result.isDone()) {
      return;
    }
    CompletableFuture<T> future = begin(attempts.begin());
    synchronized (this) {
      inFlight = future;
    }
    stopIfDone();
    var unused =
        future.whenComplete(
            (value, error) -> {
              if (error == null) {
                result.complete(value);
              } else {
                failed(Causes.unwrap(error));
              }
            });
  }

  private CompletableFuture<T> begin(Attempt attempt) {
    try {
      return Objects.requireNonNull(
          work.apply(attempt), "The work gave no future, but null, for " + attempt);
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void failed(Throwable error) {
    if (result.isDone()) {
      return;
    }
    try {
      Attempts.Step step = attempts.failed(error);
      if (step instanceof Attempts.Step.GiveUp end) {
        result.completeExceptionally(end.error());
      } else {
        schedule(((Attempts.Step.Wait) step).delay());
      }
    } catch (Throwable broken) {
      // No timer to be had, or an uncaught exception handler that throws: nobody else would tell.
      result.completeExceptionally(attempts.withFailures(broken));
    }
  }

  private void schedule(Duration delay) {
    // The lock keeps a timer that fires at once from being taken for the one to call off.
    synchronized (this) {
      timer = time.after(delay, this::resume);
    }
    stopIfDone();
  }

  private void resume() {
    attempts
        .lateness()
        .ifPresentOrElse(
            result::completeExceptionally,
            () -> {
              try {
                executor.execute(this::attempt);
              } catch (RuntimeException refused) {
                result.completeExceptionally(attempts.withFailures(refused));
              }
            });
  }

  private void stopIfDone() {
    if (result.isDone()) {
      stop();
    }
  }

  private void stop() {
    CompletableFuture<T> attempt;
    Time.Timer wait;
    synchronized (this) {
      attempt = inFlight;
      wait = timer;
    }
    if (wait != null) {
      wait.cancel();
    }
    if (attempt != null) {
      attempt.cancel(true);
    }
  }
}
