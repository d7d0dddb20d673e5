package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import java.time.Duration;
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
    T answer;
    try {
      answer = answer();
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
      } catch (InterruptedException e) {
        attempts.calledOff(e);
        throw attempts.withFailures(
            CancelledException.interrupted("making attempt " + attempt.number(), e));
      } catch (Throwable e) {
        failure = e;
      }
      Attempts.Step step = attempts.failed(failure);
      if (step instanceof Attempts.Step.GiveUp end) {
        return giveUp(end.error(), failure);
      }
      pause(((Attempts.Step.Wait) step).delay());
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private T inTime(Attempt attempt) throws Exception {
    try (Deadline.Scope scope = attempt.deadline().makeCurrent()) {
      return work.call(attempt);
    }
  }

  @SuppressWarnings("NullAway") // null only if the work gave that, and then T allows it
  private T giveUp(Throwable error, Throwable last) {
    if (last instanceof UnwantedResultException unwanted && attempts.returnsLastResult()) {
      @SuppressWarnings("unchecked") // the work gave it
      T result = (T) unwanted.result();
      return result;
    }
    throw unchecked(error);
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
