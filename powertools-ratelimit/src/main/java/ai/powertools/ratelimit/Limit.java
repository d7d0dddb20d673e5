package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.Locale;

/**
 * One limit: so much per window, and so much of it at once.
 *
 * @param amount what comes in during one window
 * @param burst what a bucket that was left alone holds
 */
record Limit(Kind kind, long amount, Duration window, long burst) {
  /**
   * The most of anything, so that sums of such numbers stay far from the end of a long. A thousand
   * million million tokens are more than any provider sells.
   */
  static final long MOST = 1_000_000_000_000_000L;

  private static final Duration LONGEST = Duration.ofDays(3660);

  /** What is counted. */
  enum Kind {
    REQUESTS,
    TOKENS
  }

  Limit {
    requireCount("A limit", amount, 1);
    requireCount("A burst", burst, 1);
    if (window.isNegative() || window.isZero() || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A limit needs a window of 1 ns to ten years, not " + window + ".");
    }
  }

  static long requireCount(String what, long count, long least) {
    if (count < least || count > MOST) {
      throw new IllegalArgumentException(
          "%s of %d makes no sense: give %d to %d.".formatted(what, count, least, MOST));
    }
    return count;
  }

  /** What this limit is asked for by a demand. */
  long of(Demand demand) {
    return kind == Kind.REQUESTS ? 1 : demand.tokens();
  }

  /** The largest single demand it can ever let through. */
  long largest() {
    return Math.max(amount, burst);
  }

  /** As in {@code "60 requests per minute"}. */
  @Override
  public String toString() {
    return amount + " " + kind.name().toLowerCase(Locale.ROOT) + " per " + windowName();
  }

  private String windowName() {
    if (window.equals(Duration.ofMinutes(1))) {
      return "minute";
    }
    return window.toString();
  }
}
