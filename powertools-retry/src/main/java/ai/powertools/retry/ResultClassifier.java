package ai.powertools.retry;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a result is an answer. Must be safe for use by many threads. One that throws ends
 * the call with what it threw.
 */
@FunctionalInterface
public interface ResultClassifier {
  /**
   * What is wrong with the result; empty if it is an answer.
   *
   * @param result what the work returned, or what its future gave
   */
  Optional<Verdict> classify(@Nullable Object result);

  /** This verdict for results of this type for which the predicate holds. */
  static <R> ResultClassifier when(Class<R> type, Predicate<? super R> test, Verdict verdict) {
    return result ->
        type.isInstance(result) && test.test(type.cast(result))
            ? Optional.of(verdict)
            : Optional.empty();
  }

  /** This one's verdict, or else the other's. */
  default ResultClassifier or(ResultClassifier other) {
    return result -> classify(result).or(() -> other.classify(result));
  }
}
