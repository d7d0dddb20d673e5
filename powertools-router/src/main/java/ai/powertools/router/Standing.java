package ai.powertools.router;

import java.time.Duration;

/**
 * How a model stands at the moment of a decision, by what came of earlier calls.
 *
 * @param latency how fast it has been
 * @param failureRate the share of calls that failed of late, 0 to 1
 * @param billedFailureRate the share of calls that failed and may be on the bill all the same
 * @param inFlight how many calls are under way
 * @param cooling how long it is still left alone; zero when it may be asked
 */
public record Standing(
    Latency latency, double failureRate, double billedFailureRate, int inFlight, Duration cooling) {

  /** Nothing is known, and nothing stands against it. */
  public static final Standing FRESH = new Standing(Latency.UNKNOWN, 0, 0, 0, Duration.ZERO);

  /** Whether it is made of these. */
  boolean is(Latency speed, double failures, double billed, int underWay, Duration left) {
    return latency.equals(speed)
        && failureRate == failures
        && billedFailureRate == billed
        && inFlight == underWay
        && cooling.equals(left);
  }

  /** Whether it may be asked now. */
  public boolean isAvailable() {
    return cooling.isZero();
  }
}
