package ai.powertools.ratelimit;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A limiter did not let a call through: the wait would have been longer than the call allowed, or
 * without end, or too many wait. Nothing was sent and nothing is charged.
 */
public final class RateLimitExceededException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String limiter;
  private final Refusal refusal;
  private final String limit;
  private final @Nullable Duration earliest;

  private RateLimitExceededException(
      String message,
      String limiter,
      Refusal refusal,
      String limit,
      @Nullable Duration earliest,
      @Nullable Throwable cause) {
    super(message, cause);
    this.limiter = limiter;
    this.refusal = refusal;
    this.limit = limit;
    this.earliest = earliest;
  }

  static RateLimitExceededException impossible(
      String limiter, Demand demand, String limit, long largest) {
    String message =
        ("Limiter \"%s\" can never let %s through. In the way: %s, of which there are never more "
                + "than %d. Make the request smaller, or raise the limit.")
            .formatted(limiter, demand.label(), limit, largest);
    return new RateLimitExceededException(message, limiter, Refusal.IMPOSSIBLE, limit, null, null);
  }

  static RateLimitExceededException tooLate(
      String limiter, Demand demand, Duration allowed, String limit, Duration earliest) {
    String message =
        ("Limiter \"%s\" does not let %s through within %s. In the way: %s, for %s at least. "
                + "Try again after that, allow a longer wait, or send the call elsewhere.")
            .formatted(limiter, demand.label(), allowed, limit, earliest);
    return new RateLimitExceededException(
        message, limiter, Refusal.TOO_LATE, limit, earliest, null);
  }

  static RateLimitExceededException busy(
      String limiter, Demand demand, Duration allowed, String limit) {
    String message =
        ("Limiter \"%s\" does not let %s through within %s. In the way: %s, until one "
                + "ends. Try again later, allow a longer wait, or send the call elsewhere.")
            .formatted(limiter, demand.label(), allowed, limit);
    return new RateLimitExceededException(message, limiter, Refusal.BUSY, limit, null, null);
  }

  static RateLimitExceededException queueFull(String limiter, Demand demand, int waiting) {
    String message =
        ("Limiter \"%s\" does not let %s wait: %s already, as many as may. Try again "
                + "later, send the call elsewhere, or allow a longer queue.")
            .formatted(
                limiter, demand.label(), waiting == 1 ? "1 call waits" : waiting + " calls wait");
    return new RateLimitExceededException(
        message, limiter, Refusal.QUEUE_FULL, "a queue of " + waiting, null, null);
  }

  static RateLimitExceededException displaced(String limiter, Demand demand, int most) {
    String message =
        ("Limiter \"%s\" let %s wait no longer: of %d calls that may wait, another one took its "
                + "place. Try again later, send the call elsewhere, or allow a longer queue.")
            .formatted(limiter, demand.label(), most);
    return new RateLimitExceededException(
        message, limiter, Refusal.DISPLACED, "a queue of " + most, null, null);
  }

  static RateLimitExceededException unreachable(
      String limiter, Demand demand, String what, Throwable cause) {
    String message =
        ("Limiter \"%s\" does not let %s through: %s cannot be reached, and nothing is let through "
                + "without it. Look after it, or choose another policy for the time it is away.")
            .formatted(limiter, demand.label(), what);
    return new RateLimitExceededException(message, limiter, Refusal.UNREACHABLE, what, null, cause);
  }

  /** The name of the limiter. */
  public String limiter() {
    return limiter;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }

  /**
   * What stands in the way, as in {@code "60 requests per minute"} or {@code "2 calls at once of
   * user "ada""}.
   */
  public String limit() {
    return limit;
  }

  /** Whether a later call has a chance: false when it asks for more than there can ever be. */
  @Override
  public boolean retryable() {
    return refusal != Refusal.IMPOSSIBLE;
  }

  /**
   * When it could be let through at the earliest, from when it was refused. Empty when that is
   * never, and when it depends on what others do.
   */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(earliest);
  }
}
