package ai.powertools.retry.report;

import ai.powertools.retry.Outcome;
import java.time.Duration;

/**
 * Sums over errors.
 *
 * @param failed calls whose caller got the error
 * @param degraded calls that a fallback answered
 * @param recovered calls that a later attempt answered
 * @param failures attempts that failed, of all of these calls
 * @param waited the waits between their attempts; at most about 292 years
 */
public record Tally(long failed, long degraded, long recovered, long failures, Duration waited) {
  /** Of nothing. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, Duration.ZERO);

  /** How many calls these are. */
  public long count() {
    return failed + degraded + recovered;
  }

  /** How many of them had this outcome. */
  public long of(Outcome outcome) {
    return switch (outcome) {
      case FAILED -> failed;
      case DEGRADED -> degraded;
      case RECOVERED -> recovered;
    };
  }
}
