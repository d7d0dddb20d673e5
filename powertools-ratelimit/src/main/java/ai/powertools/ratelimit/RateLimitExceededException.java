package ai.powertools.ratelimit;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A limiter did not let a call through: the wait would have been longer than the call allowed, or
 * without end. Nothing was sent and nothing is charged.
 */
public final class RateLimitExceededException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String limiter;
  private final String limit;
  private final @Nullable Duration earliest;
  private final boolean possible;

  private RateLimitExceededException(
      String message, String limiter, String limit, @Nullable Duration earliest, boolean possible) {
    super(message);
    this.limiter = limiter;
    this.limit = limit;
    this.earliest = earliest;
    this.possible = possible;
  }

  static RateLimitExceededException impossible(String limiter, Demand demand, Limit limit) {
    String message =
        ("Limiter \"%s\" can never let %s through. In the way: %s, of which there are never more "
                + "than %d. Make the request smaller, or raise the limit.")
            .formatted(limiter, demand.label(), limit, limit.largest());
    return new RateLimitExceededException(message, limiter, limit.toString(), null, false);
  }

  static RateLimitExceededException tooLate(
      String limiter, Demand demand, Duration allowed, String limit, Duration earliest) {
    String message =
        ("Limiter \"%s\" does not let %s through within %s. In the way: %s, for %s at least. "
                + "Try again after that, allow a longer wait, or send the call elsewhere.")
            .formatted(limiter, demand.label(), allowed, limit, earliest);
    return new RateLimitExceededException(message, limiter, limit, earliest, true);
  }

  static RateLimitExceededException busy(
      String limiter, Demand demand, Duration allowed, String limit) {
    String message =
        ("Limiter \"%s\" does not let %s through within %s. In the way: %s, until one "
                + "ends. Try again later, allow a longer wait, or send the call elsewhere.")
            .formatted(limiter, demand.label(), allowed, limit);
    return new RateLimitExceededException(message, limiter, limit, null, true);
  }

  /** The name of the limiter. */
  public String limiter() {
    return limiter;
  }

  /** What stands in the way, as in {@code "60 requests per minute"}. */
  public String limit() {
    return limit;
  }

  /** Whether a later call has a chance: false when it asks for more than there can ever be. */
  @Override
  public boolean retryable() {
    return possible;
  }

  /**
   * When it could be let through at the earliest, from when it was refused. Empty when that is
   * never, and when it only depends on when a running call ends.
   */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(earliest);
  }
}
