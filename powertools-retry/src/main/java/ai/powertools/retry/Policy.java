package ai.powertools.retry;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@code Retry} is made of. */
record Policy(
    int maxAttempts,
    @Nullable Duration maxTime,
    Duration longestWait,
    Schedules schedules,
    Classifier classifier,
    @Nullable ResultClassifier results,
    boolean retryUnknown,
    boolean returnLastResult,
    @Nullable RetryBudget budget,
    List<RetryListener> listeners,
    Time time) {

  /** Whether calls that succeed at once need nothing of it: nobody looks, nobody counts. */
  boolean isPlain() {
    return maxTime == null && results == null && listeners.isEmpty();
  }

  /** What an error means. */
  Verdict judge(Throwable thrown) {
    Throwable error = Causes.unwrap(thrown); // blocking work may have waited for a future
    if (error instanceof Error) {
      return Verdict.permanent().because("an error of the machine or the code");
    }
    if (Causes.isCancellation(error)) {
      return Verdict.cancelled();
    }
    return error instanceof UnwantedResultException unwanted
        ? unwanted.verdict()
        : classifier.classify(error);
  }
}
