package ai.powertools.retry;

import org.jspecify.annotations.Nullable;

/** Work that wants to know which attempt it is. */
@FunctionalInterface
public interface AttemptCall<T extends @Nullable Object> {
  /**
   * Makes one attempt, on the thread that called {@link Retry#call}; where calls are hedged, on one
   * of the hedge's threads.
   *
   * @throws Exception if it fails; whether another attempt follows is for the {@link Classifier}
   */
  T call(Attempt attempt) throws Exception;
}
