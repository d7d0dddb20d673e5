package ai.powertools.cost;

import ai.powertools.models.Usd;

/**
 * What was paid for without a use, each dollar in one of the five.
 *
 * @param retried for attempts that failed or were called off, and were tried again
 * @param failed for those that failed for good
 * @param cancelled for those that were called off for good
 * @param truncated for answers that were cut off at the limit of tokens
 * @param unused for answers that nobody used
 */
public record Waste(Usd retried, Usd failed, Usd cancelled, Usd truncated, Usd unused) {
  /** Nothing was wasted. */
  public static final Waste NONE = new Waste(Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO);

  /** All five. */
  public Usd total() {
    return retried.plus(failed).plus(cancelled).plus(truncated).plus(unused);
  }

  Waste plus(Waste other) {
    return new Waste(
        retried.plus(other.retried),
        failed.plus(other.failed),
        cancelled.plus(other.cancelled),
        truncated.plus(other.truncated),
        unused.plus(other.unused));
  }
}
