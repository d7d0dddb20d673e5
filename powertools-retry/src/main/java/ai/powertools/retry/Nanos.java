package ai.powertools.retry;

import java.time.Duration;

/** Durations as nanoseconds that fit a long. */
final class Nanos {
  static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Nanos() {}

  /** The nanoseconds of a duration that is not negative; about 292 years when it is longer. */
  static long of(Duration duration) {
    return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
  }

  /** A product or sum of nanoseconds as a duration; about 292 years when it is longer. */
  static Duration saturated(double nanos) {
    return Duration.ofNanos((long) nanos); // the cast stops at the largest long
  }

  /** {@code value}, or the end of the range that it lies beyond. */
  static Duration clamp(Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0) {
      return least;
    }
    return value.compareTo(most) > 0 ? most : value;
  }

  static void checkNotNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("The " + what + " must not be negative: " + duration);
    }
  }

  static void checkPositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("The " + what + " must be more than zero: " + duration);
    }
  }

  /** For messages: milliseconds, or seconds where there are many. */
  static String text(Duration duration) {
    long millis = Nanos.of(duration) / 1_000_000;
    return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
  }
}
