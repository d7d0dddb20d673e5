package ai.powertools.orchestrator;

import java.time.Duration;

/**
 * When a model that keeps failing is left alone for a while, so that calls go to the next one at
 * once. Each model of each provider has a circuit breaker of its own.
 *
 * @param enabled whether there are any
 * @param failureRate the share of failed attempts that opens it, above 0 and at most 1
 * @param window how many of the last attempts are looked at
 * @param minimumCalls how many there must have been before it can open
 * @param openFor how long it stays open before a few calls try whether the model answers again
 */
public record BreakerSettings(
    boolean enabled, double failureRate, int window, int minimumCalls, Duration openFor) {
  /** Half of the last 20 attempts, at least 5; 30 seconds. */
  public static final BreakerSettings DEFAULTS =
      new BreakerSettings(true, 0.5, 20, 5, Duration.ofSeconds(30));

  /** Every call goes to its model, however often that failed. */
  public static final BreakerSettings OFF =
      new BreakerSettings(false, 0.5, 20, 5, Duration.ofSeconds(30));

  /** Refuses a share that is none, windows of nothing, and a time that is not positive. */
  public BreakerSettings {
    if (!(failureRate > 0 && failureRate <= 1)) {
      throw new IllegalArgumentException(
          "A failure rate is above 0 and at most 1, not " + failureRate);
    }
    if (window < 1 || minimumCalls < 1) {
      throw new IllegalArgumentException(
          "A breaker looks at 1 call at least, not at %d of %d".formatted(minimumCalls, window));
    }
    if (openFor.isNegative() || openFor.isZero()) {
      throw new IllegalArgumentException("A breaker opens for some time, not for " + openFor);
    }
  }
}
