package ai.powertools.orchestrator;

import java.time.Duration;

/**
 * How often and after which waits a failed attempt is made again: exponential, doubling, with full
 * jitter; a provider's own Retry-After counts for more.
 *
 * @param maxAttempts how many attempts at one model at most, the first included
 * @param firstWait what the wait after the first failure is drawn up to
 * @param longestWait what no wait of ours is longer than
 * @param budget how many retries there may be for each call in the long run, all models together; 0
 *     for any number
 */
public record RetrySettings(
    int maxAttempts, Duration firstWait, Duration longestWait, double budget) {
  /** A retry for ten calls. */
  public static final double DEFAULT_BUDGET = 0.1;

  /** Three attempts, waits up to 200 ms, then 400 ms, a retry for ten calls. */
  public static final RetrySettings DEFAULTS =
      new RetrySettings(3, Duration.ofMillis(200), Duration.ofSeconds(30));

  private static final double SMALLEST_BUDGET = 1e-6;
  private static final double LARGEST_BUDGET = 10;

  /** Refuses less than one attempt, waits that are not positive, and a budget that is none. */
  public RetrySettings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("At least one attempt, not " + maxAttempts);
    }
    if (!(firstWait.compareTo(Duration.ZERO) > 0 && longestWait.compareTo(Duration.ZERO) > 0)) {
      throw new IllegalArgumentException(
          "Waits must be positive, not " + firstWait + " and " + longestWait);
    }
    if (budget != 0 && !(budget >= SMALLEST_BUDGET && budget <= LARGEST_BUDGET)) {
      throw new IllegalArgumentException(
          "A budget of retries for each call is 0, or from a millionth to 10, not " + budget);
    }
  }

  /** With a retry for ten calls. */
  public RetrySettings(int maxAttempts, Duration firstWait, Duration longestWait) {
    this(maxAttempts, firstWait, longestWait, DEFAULT_BUDGET);
  }
}
