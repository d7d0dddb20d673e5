package ai.powertools.ratelimit;

import java.time.Duration;

/**
 * One limit: so much per window, and so much of it at once. Immutable.
 *
 * @param dimension what is counted
 * @param amount what comes in during one window; 1 to 10<sup>15</sup>
 * @param window 1 ns to ten years
 * @param burst what can be taken at once after a rest; 1 to 10<sup>15</sup>. With a sliding window
 *     it is the amount, whatever is given here
 * @param counting how it is counted
 */
public record Limit(
    Dimension dimension, long amount, Duration window, long burst, Counting counting) {
  /**
   * The most of anything, so that sums of such numbers stay far from the end of a long. A thousand
   * million million tokens are more than any provider sells.
   */
  static final long MOST = 1_000_000_000_000_000L;

  static final double DEFAULT_SHARE = 1.0 / 60;
  private static final Duration LONGEST = Duration.ofDays(3660);

  /** Refuses numbers and windows out of range. */
  public Limit {
    requireCount("A limit", amount, 1);
    requireCount("A burst", burst, 1);
    if (window.isNegative() || window.isZero() || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A limit needs a window of 1 ns to ten years, not " + window + ".");
    }
    if (counting == Counting.SLIDING_WINDOW) {
      burst = amount;
    }
  }

  /**
   * So much per window, in a bucket that holds a sixtieth of it, at least one: what a limit per
   * minute lets through in a second.
   *
   * @throws IllegalArgumentException if the amount or the window is out of range
   */
  public static Limit of(Dimension dimension, long amount, Duration window) {
    requireCount("A limit", amount, 1);
    return new Limit(
        dimension, amount, window, share(amount, DEFAULT_SHARE), Counting.TOKEN_BUCKET);
  }

  /** The same with another burst. */
  public Limit burst(long burst) {
    return new Limit(dimension, amount, window, burst, counting);
  }

  /** The same, counted exactly in every window; the burst is the whole amount then. */
  public Limit slidingWindow() {
    return new Limit(dimension, amount, window, amount, Counting.SLIDING_WINDOW);
  }

  /**
   * A share of it, for one of several who divide a limit among themselves: amount and burst, each
   * at least one.
   *
   * @param share more than zero
   */
  public Limit scaled(double share) {
    requireShare(share, Double.MAX_VALUE);
    return new Limit(dimension, share(amount, share), window, share(burst, share), counting);
  }

  /**
   * The same amount in a window that is so much longer, and no more at once than comes in a
   * window's share: slower, but no demand becomes impossible.
   */
  Limit slower(double factor) {
    if (factor >= 1) {
      return this;
    }
    double nanos = Math.min((double) LONGEST.toNanos(), window.toNanos() / factor);
    long smaller = counting == Counting.SLIDING_WINDOW ? burst : share(burst, factor);
    return new Limit(dimension, amount, Duration.ofNanos((long) nanos), smaller, counting);
  }

  /** This much of an amount, rounded down, at least one. */
  static long share(long amount, double share) {
    return Math.max(1, Math.min(MOST, (long) (amount * share)));
  }

  static void requireShare(double share, double most) {
    if (!(share > 0 && share <= most)) {
      throw new IllegalArgumentException(
          "A share is more than 0%s, not %s.".formatted(most == 1 ? " and at most 1" : "", share));
    }
  }

  static long requireCount(String what, long count, long least) {
    if (count < least || count > MOST) {
      throw new IllegalArgumentException(
          "%s of %d makes no sense: give %d to %d.".formatted(what, count, least, MOST));
    }
    return count;
  }

  /** The largest single demand it can ever let through. */
  long largest() {
    return Math.max(amount, burst);
  }

  /** Whether it is about the same thing: only one limit of a set can be. */
  boolean sameSubject(Limit other) {
    return dimension.equals(other.dimension)
        && window.equals(other.window)
        && counting == other.counting;
  }

  /** As in {@code "60 requests per minute"}. */
  @Override
  public String toString() {
    String what = dimension.label();
    String counted =
        amount == 1 && what.endsWith("s") ? what.substring(0, what.length() - 1) : what;
    return amount + " " + counted + " per " + windowName();
  }

  private String windowName() {
    if (window.equals(Duration.ofSeconds(1))) {
      return "second";
    }
    if (window.equals(Duration.ofMinutes(1))) {
      return "minute";
    }
    if (window.equals(Duration.ofHours(1))) {
      return "hour";
    }
    if (window.equals(Duration.ofDays(1))) {
      return "day";
    }
    return window.toString();
  }
}
