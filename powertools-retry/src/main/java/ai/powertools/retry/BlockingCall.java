package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call that blocks its thread, waits included. */
final class BlockingCall<T extends @Nullable Object> {
  private final Attempts attempts;
  private final AttemptCall<T> work;
  private final boolean checks;

  /**
   * @param checks whether results are to be looked at here, and not by the work itself
   */
  BlockingCall(Attempts attempts, AttemptCall<T> work, boolean checks) {
    this.attempts = attempts;
    this.work = work;
    this.checks = checks;
  }

  T run() {
    return ended(this::answer);
  }

  /** Goes on after a first attempt that was made elsewhere and failed. */
  T runAfter(Throwable failure) {
    attempts.begun();
    return ended(() -> goesOn(failure) ? answer() : lastResult(failure));
  }

  private T ended(Supplier<T> call) {
    T answer;
    try {
      answer = call.get();
    } catch (Throwable error) {
      attempts.ended(error);
      throw error;
    }
    attempts.succeeded();
    return answer;
  }

  private T answer() {
    while (true) {
      refuseIfInterrupted();
      Attempt attempt = attempts.begin();
      Throwable failure;
      try {
        T result = attempt.deadline().isNever() ? work.call(attempt) : inTime(attempt);
        if (checks) {
          attempts.check(result);
        }
        return result;
      } catch (Throwable e) {
        failure = e;
      }
      if (!goesOn(failure)) {
        return lastResult(failure);
      }
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private T inTime(Attempt attempt) throws Exception {
    try (Deadline.Scope scope = attempt.deadline().makeCurrent()) {
      return work.call(attempt);
    }
  }

  /**
   * After a failed attempt: waits for the next. Throws if there is none, but for an unwanted result
   * that is to be returned: then it says no.
   */
  private boolean goesOn(Throwable failure) {
    if (failure instanceof InterruptedException interrupt) {
      attempts.calledOff(interrupt);
      throw attempts.withFailures(
          CancelledException.interrupted("making attempt " + attempts.number(), interrupt));
    }
    Attempts.Step step = attempts.failed(failure);
    if (step instanceof Attempts.Step.Wait next) {
      pause(next.delay());
      return true;
    }
    if (failure instanceof UnwantedResultException && attempts.returnsLastResult()) {
      return false;
    }
    throw unchecked(((Attempts.Step.GiveUp) step).error());
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the work gave it; null only if T allows it
  private T lastResult(Throwable failure) {
    return (T) ((UnwantedResultException) failure).result();
  }

  private void pause(Duration wait) {
    try {
      attempts.time().sleep(wait);
    } catch (InterruptedException e) {
      attempts.giveBack();
      throw attempts.withFailures(
          CancelledException.interrupted(
              "waiting " + Nanos.text(wait) + " after attempt " + attempts.number() + " failed",
              e));
    }
    attempts
        .lateness()
        .ifPresent(
            late -> {
              throw unchecked(late);
            });
  }

  /** Waits of zero don't look at the flag, and work may have left it set. */
  private void refuseIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      if (attempts.number() > 0) {
        attempts.giveBack();
      }
      throw attempts.withFailures(
          new CancelledException(
              "The thread was interrupted before attempt "
                  + (attempts.number() + 1)
                  + ", which was not made.",
              null));
    }
  }

  private RuntimeException unchecked(Throwable error) {
    return Rethrow.unchecked(error, attempts.number(), attempts.verdict());
  }
}
