package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Counting;
import ai.powertools.ratelimit.Limit;
import java.math.BigInteger;

/**
 * A limit as the servers count it: {@code inflow} units come in per {@code period} microseconds, in
 * lowest terms.
 *
 * @param limit what it is made from
 * @param id under what its level is kept; the same when only the amount changes
 * @param window its window in microseconds, a fraction rounded up
 * @param most the burst of a bucket, the amount of a sliding window
 */
record ExactLimit(Limit limit, String id, long window, long inflow, long period, long most) {
  /** The most of anything: sums of such numbers are whole in a double, which is what Lua has. */
  static final long MOST = 1_000_000_000_000_000L;

  /** A sliding window is counted in this many slots; what it lets through late, by one of them. */
  private static final int SLOTS = 60;

  /**
   * @param number 0 for the first of its dimension, window and counting, 1 for the next
   */
  static ExactLimit of(Limit limit, int number) {
    long window = Math.max(1, Math.floorDiv(limit.window().toNanos() + 999, 1_000L));
    long common =
        BigInteger.valueOf(limit.amount()).gcd(BigInteger.valueOf(window)).longValueExact();
    return new ExactLimit(
        limit,
        (number == 0 ? "" : number + ":") + name(limit, window),
        window,
        limit.amount() / common,
        window / common,
        limit.counting() == Counting.SLIDING_WINDOW ? limit.amount() : limit.burst());
  }

  boolean isWindow() {
    return limit.counting() == Counting.SLIDING_WINDOW;
  }

  private static String name(Limit limit, long window) {
    String kind = limit.counting() == Counting.SLIDING_WINDOW ? "w" : "b";
    return limit.dimension().name() + "/" + window + kind;
  }

  long slot() {
    return (window + SLOTS - 1) / SLOTS;
  }

  /** How long so many units take to come in, where {@code rest} of the first is there. */
  long microsFor(long units, long rest) {
    return Quotient.of(units - 1, period, period - rest + inflow - 1, inflow).whole();
  }
}
