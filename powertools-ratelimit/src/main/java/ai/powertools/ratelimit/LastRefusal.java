package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server of shared limits last refused, and how.
 *
 * @param amounts what was asked for
 * @param kind too late, busy for want of a place, or unreachable when no answer came: that is asked
 *     again, for as long as a decision may take
 * @param inTheWay what was named
 */
record LastRefusal(Map<Dimension, Long> amounts, Refusal kind, String inTheWay) {
  /** Whether somebody who asks for so much could get another answer. */
  boolean isNewsFor(Amounts wanted) {
    for (Map.Entry<Dimension, Long> amount : amounts.entrySet()) {
      Dimension dimension = amount.getKey();
      if (wanted.of(dimension.slot(), dimension) < amount.getValue()) {
        return true;
      }
    }
    return false;
  }

  @Nullable RateLimitExceededException refusal(
      String limiter, Waiter head, long nextLook, long now) {
    if (kind == Refusal.UNREACHABLE
        || head.patienceEnd() >= nextLook
        || (kind == Refusal.BUSY && head.patienceEnd() > now)) {
      return null;
    }
    Duration allowed = Duration.ofNanos(head.allowed);
    return kind == Refusal.BUSY
        ? RateLimitExceededException.busy(limiter, head.demand, allowed, inTheWay)
        : RateLimitExceededException.tooLate(
            limiter, head.demand, allowed, inTheWay, Duration.ofNanos(nextLook - now));
  }
}
