package ai.powertools.retry;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait after each failed attempt, before jitter and cap.
 *
 * <p>Must be pure, and so safe for use by many threads. A negative wait counts as zero. If it
 * throws, no further attempt is made: the call fails with the attempt's error, and what the backoff
 * threw is suppressed in it.
 *
 * <p>None of the ones made here overflows: from about 292 years on, a wait grows no more.
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
   * {@code first + step × (attempt − 1)}.
   *
   * @throws IllegalArgumentException if one of them is negative
   */
  static Backoff linear(Duration first, Duration step) {
    return new LinearBackoff(first, step);
  }

  /**
   * {@code first × factor^(attempt − 1)}.
   *
   * @throws IllegalArgumentException if {@code first} is negative, or {@code factor} is below 1 or
   *     not a finite number
   */
  static Backoff exponential(Duration first, double factor) {
    return new ExponentialBackoff(first, factor);
  }

  /**
   * {@code unit} × 1, 1, 2, 3, 5, 8, …: grows by a factor of about 1.618.
   *
   * @throws IllegalArgumentException if {@code unit} is negative
   */
  static Backoff fibonacci(Duration unit) {
    return new FibonacciBackoff(unit);
  }

  /**
   * {@code first × attempt^power}: with 2, quadratic.
   *
   * @throws IllegalArgumentException if {@code first} is negative, or {@code power} is negative or
   *     not a finite number
   */
  static Backoff polynomial(Duration first, double power) {
    return new PolynomialBackoff(first, power);
  }

  /**
   * These waits in turn, and then the last of them for ever.
   *
   * @throws IllegalArgumentException if there are none, or one is negative
   */
  static Backoff of(Duration... waits) {
    return new ListedBackoff(List.of(waits));
  }
}
