package ai.powertools.retry.kept;

import ai.powertools.retry.Attempt;
import org.jspecify.annotations.Nullable;

/** Makes a call again that failed for good. */
@FunctionalInterface
public interface Redriver {
  /**
   * Does the work.
   *
   * @param letter what is to be done
   * @param attempt has the deadline, and the same idempotency key each time: sent along, it lets
   *     the other side see that it has done the work already
   * @return the answer, for whoever is told of it; it is not kept
   * @throws Exception if it fails again
   */
  @Nullable Object drive(DeadLetter letter, Attempt attempt) throws Exception;
}
