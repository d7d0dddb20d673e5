package ai.powertools.retry;

import org.jspecify.annotations.Nullable;

/**
 * Answers in the place of a call that failed.
 *
 * @param <E> what it is told: the error, or the whole {@link Failure}
 * @param <T> what it answers
 */
@FunctionalInterface
public interface FallbackFunction<E, T extends @Nullable Object> {
  /**
   * The answer.
   *
   * @throws Exception if it has none; the next fallback is asked then
   */
  T apply(E failure) throws Exception;
}
