package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call that blocks its thread, waits included. */
final class BlockingCall<T extends @Nullable Object> {
  private final Attempts attempts;
  private final Time time;
  private final AttemptCall<T> work;

  BlockingCall(Attempts.Policy policy, Deadline deadline, AttemptCall<T> work) {
    this.attempts = new Attempts(policy, deadline);
    this.time = policy.time();
    this.work = work;
  }

  T run() {
    while (true) {
      refuseIfInterrupted();
      Attempt attempt = attempts.begin();
      Throwable failure;
      try {
        return work.call(attempt);
      } catch (InterruptedException e) {
        throw attempts.withFailures(
            CancelledException.interrupted("making attempt " + attempt.number(), e));
      } catch (Throwable e) {
        failure = e;
      }
      pause(attempts.failed(failure));
    }
  }

  private void pause(Attempts.Step step) {
    if (step instanceof Attempts.Step.GiveUp end) {
      throw unchecked(end.error());
    }
    Duration wait = ((Attempts.Step.Wait) step).delay();
    try {
      time.sleep(wait);
    } catch (InterruptedException e) {
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
      throw attempts.withFailures(
          new CancelledException(
              "The thread was interrupted before attempt "
                  + (attempts.number() + 1)
                  + ", which was not made.",
              null));
    }
  }

  private RuntimeException unchecked(Throwable error) {
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return error instanceof RuntimeException passes
        ? passes
        : new CallFailedException(attempts.number(), error, attempts.verdict());
  }
}
