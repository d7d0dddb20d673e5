package ai.powertools.retry;

import java.time.Duration;

/**
 * How long to wait after each failed attempt, before jitter and cap.
 *
 * <p>Must be pure, and so safe for use by many threads. A negative wait counts as zero. If it
 * throws, no further attempt is made: the call fails with the attempt's error, and what the backoff
 * threw is suppressed in it.
 */
@FunctionalInterface
public interface Backoff {
  /**
   * The wait after an attempt.
   *
   * @param attempt the number of the attempt that failed, from 1
   */
  Duration after(int attempt);

  /**
   * The same wait each time.
   *
   * @throws IllegalArgumentException if it is negative
   */
  static Backoff fixed(Duration wait) {
    return new FixedBackoff(wait);
  }

  /**
   * {@code first × factor^(attempt − 1)}, at most about 292 years.
   *
   * @throws IllegalArgumentException if {@code first} is negative, or {@code factor} is below 1 or
   *     not a finite number
   */
  static Backoff exponential(Duration first, double factor) {
    return new ExponentialBackoff(first, factor);
  }
}
