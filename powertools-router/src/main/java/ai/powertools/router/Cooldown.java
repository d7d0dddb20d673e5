package ai.powertools.router;

import java.time.Duration;

/**
 * For how long a model that failed is left alone. After that a single call probes it: if it is
 * answered, all is well; if not, the model is left alone for longer.
 *
 * @param failures after how many failures in a row that may pass (the server, the network, no
 *     answer in time); a model that says that it is busy is left alone at once
 * @param first how long at first
 * @param factor how much longer each time that the probe fails
 * @param longest how long at most
 * @param quota how long at first when the account has no money or quota left
 */
public record Cooldown(
    int failures, Duration first, double factor, Duration longest, Duration quota) {

  /** A hundred years: what is longer can't be told in nanoseconds. */
  private static final Duration BOUND = Duration.ofDays(36_500);

  /** After 3 failures in a row for 1, 2, 4 … 60 seconds; a minute or more without quota. */
  public static final Cooldown STANDARD =
      new Cooldown(3, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), Duration.ofMinutes(1));

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if there are no failures, a time is not above zero or longer
   *     than a hundred years, or the factor is below 1
   */
  public Cooldown {
    if (failures < 1 || !(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "A cooldown needs 1 failure or more and a factor of 1 or more, not %d and %s."
              .formatted(failures, factor));
    }
    if (first.isNegative() || first.isZero() || quota.isNegative() || quota.isZero()) {
      throw new IllegalArgumentException(
          "A cooldown lasts longer than nothing, not %s and %s.".formatted(first, quota));
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "The longest cooldown, %s, is shorter than the first, %s.".formatted(longest, first));
    }
    if (longest.compareTo(BOUND) > 0 || quota.compareTo(BOUND) > 0) {
      throw new IllegalArgumentException(
          "A cooldown lasts a hundred years at most, not %s and %s.".formatted(longest, quota));
    }
  }

  /** How long for the n-th time in a row, from 0. */
  Duration lasting(Duration begin, int times) {
    double nanos = begin.toNanos() * Math.pow(factor, times);
    double most = Math.max(longest.toNanos(), begin.toNanos());
    return Duration.ofNanos((long) Math.min(nanos, most));
  }
}
