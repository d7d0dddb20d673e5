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
  private final Executor executor;
  private final Function<Attempt, CompletableFuture<T>> work;
  private final boolean checks;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private @Nullable CompletableFuture<T> inFlight;
  private Time.@Nullable Timer timer;

  /**
   * @param checks whether results are to be looked at here, and not by the work itself
   */
  AsyncCall(
      Attempts attempts,
      Executor executor,
      Function<Attempt, CompletableFuture<T>> work,
      boolean checks) {
    this.attempts = attempts;
    this.executor = executor;
    this.work = work;
    this.checks = checks;
  }

  CompletableFuture<T> start() {
    var unused = result.whenComplete((value, error) -> end(error));
    attempt();
    return result;
  }

  /** Begins an attempt after a wait, wherever the executor does so, and however late. */
  private void again() {
    if (result.isDone()) {
      attempts.giveBack();
    } else {
      attempts.lateness().ifPresentOrElse(result::completeExceptionally, this::attempt);
    }
  }

  private void attempt() {
    CompletableFuture<T> future = begin(attempts.begin());
    synchronized (this) {
      timer = null;
      inFlight = future;
    }
    stopIfDone();
    var unused =
        future.whenComplete(
            (value, error) -> {
              if (error == null) {
                answered(value);
              } else {
                failed(Causes.unwrap(error));
              }
            });
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private CompletableFuture<T> begin(Attempt attempt) {
    try (Deadline.Scope scope = attempt.deadline().makeCurrent()) {
      return Objects.requireNonNull(
          work.apply(attempt), "The work gave no future, but null, for " + attempt);
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void answered(T value) {
    try {
      if (checks) {
        attempts.check(value);
      }
    } catch (Throwable unwanted) {
      failed(unwanted);
      return;
    }
    result.complete(value);
  }

  private void failed(Throwable error) {
    if (result.isDone()) {
      return;
    }
    try {
      Attempts.Step step = attempts.failed(error);
      if (step instanceof Attempts.Step.GiveUp end) {
        giveUp(end.error(), error);
      } else {
        schedule(((Attempts.Step.Wait) step).delay());
      }
    } catch (Throwable broken) {
      // No timer to be had, or an uncaught exception handler that throws: nobody else would tell.
      result.completeExceptionally(attempts.withFailures(broken));
    }
  }

  private void giveUp(Throwable error, Throwable last) {
    if (last instanceof UnwantedResultException unwanted && attempts.returnsLastResult()) {
      @SuppressWarnings("unchecked") // the work gave it
      T value = (T) unwanted.result();
      result.complete(value);
    } else {
      result.completeExceptionally(error);
    }
  }

  private void schedule(Duration delay) {
    // The lock keeps a timer that fires at once from being taken for the one to call off.
    synchronized (this) {
      inFlight = null;
      try {
        timer = attempts.time().after(delay, this::resume);
      } catch (Throwable noTimer) {
        attempts.giveBack();
        throw noTimer;
      }
    }
    stopIfDone();
  }

  private void resume() {
    try {
      executor.execute(this::again);
    } catch (Throwable refused) {
      attempts.giveBack();
      result.completeExceptionally(attempts.withFailures(refused));
    }
  }

  private void stopIfDone() {
    if (result.isDone()) {
      stop();
    }
  }

  private void end(@Nullable Throwable error) {
    stop();
    if (error == null) {
      attempts.succeeded();
    } else {
      attempts.ended(error);
    }
  }

  private void stop() {
    CompletableFuture<T> attempt;
    Time.Timer wait;
    synchronized (this) {
      attempt = inFlight;
      wait = timer;
    }
    if (wait != null && wait.cancel()) {
      attempts.giveBack();
    }
    if (attempt != null) {
      attempt.cancel(true);
    }
  }
}
