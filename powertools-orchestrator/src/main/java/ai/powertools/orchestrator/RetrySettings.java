package ai.powertools.orchestrator;

import java.time.Duration;

/**
 * How often and after which waits a failed attempt is made again: exponential, doubling, with full
 * jitter; a provider's own Retry-After counts for more.
 *
 * @param maxAttempts how many attempts at one model at most, the first included
 * @param firstWait what the wait after the first failure is drawn up to
 * @param longestWait what no wait of ours is longer than
 */
public record RetrySettings(int maxAttempts, Duration firstWait, Duration longestWait) {
  /** Three attempts, waits up to 200 ms, then 400 ms. */
  public static final RetrySettings DEFAULTS =
      new RetrySettings(3, Duration.ofMillis(200), Duration.ofSeconds(30));

  /** Refuses less than one attempt and waits that are not positive. */
  public RetrySettings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("At least one attempt, not " + maxAttempts);
    }
    if (!(firstWait.compareTo(Duration.ZERO) > 0 && longestWait.compareTo(Duration.ZERO) > 0)) {
      throw new IllegalArgumentException(
          "Waits must be positive, not " + firstWait + " and " + longestWait);
    }
  }
}
