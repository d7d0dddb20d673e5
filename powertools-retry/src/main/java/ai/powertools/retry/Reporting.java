package ai.powertools.retry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who hears how calls ended: listeners and the box for dead letters. */
record Reporting(List<FailureListener> listeners, @Nullable DeadLetterBox deadLetters) {

  /** Whether anybody is told of failures; else none need be put together. */
  boolean isHeard() {
    return !listeners.isEmpty() || deadLetters != null;
  }

  /**
   * The call has its answer; told of only if an attempt failed on the way. If all did, the answer
   * is the last result, which nobody wanted.
   */
  void answered(CallOptions options, Attempts attempts) {
    if (listeners.isEmpty()) {
      return;
    }
    List<AttemptFailure> failed = attempts.list();
    if (!failed.isEmpty()) {
      Throwable last = failed.get(failed.size() - 1).error();
      boolean recovered = failed.size() < attempts.number();
      tell(options, attempts.failure(last), recovered ? Outcome.RECOVERED : Outcome.DEGRADED);
    }
  }

  /** A fallback answered. */
  void degraded(CallOptions options, Failure failure) {
    tell(options, failure, Outcome.DEGRADED);
  }

  /** The call has failed for good. */
  void failed(CallOptions options, Failure failure) {
    if (failure.isCancelled()) {
      return;
    }
    if (deadLetters != null) {
      options.input().ifPresent(input -> keep(deadLetters, options, input, failure));
    }
    tell(options, failure, Outcome.FAILED);
  }

  private static void keep(
      DeadLetterBox box, CallOptions options, CallOptions.Input input, Failure failure) {
    try {
      box.keep(options.key(), input, failure);
    } catch (RuntimeException notKept) {
      if (notKept != failure.error()) {
        failure.error().addSuppressed(notKept);
      }
    }
  }

  private void tell(CallOptions options, Failure failure, Outcome outcome) {
    FailedCall call = new FailedCall(options.key(), failure, outcome);
    for (FailureListener listener : listeners) {
      Listeners.tell(() -> listener.onFailure(call));
    }
  }
}
