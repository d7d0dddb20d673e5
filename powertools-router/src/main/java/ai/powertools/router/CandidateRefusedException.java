package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;

/**
 * Thrown by an interceptor around a candidate to say: not this model now, try the next. When there
 * is no other, the caller gets the cause itself.
 */
public final class CandidateRefusedException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final PowerToolsException reason;

  /**
   * A refusal.
   *
   * @param reason what stands in the way, as in a budget that has no room
   */
  public CandidateRefusedException(PowerToolsException reason) {
    super(String.valueOf(reason.getMessage()), reason);
    this.reason = reason;
  }

  /** What stands in the way. */
  public PowerToolsException reason() {
    return reason;
  }

  @Override
  public boolean retryable() {
    return reason.retryable();
  }

  @Override
  public Optional<Duration> retryAfter() {
    return reason.retryAfter();
  }
}
