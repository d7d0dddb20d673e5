package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An attempt took longer than the handler's timeout and was cut short. Transient. The cause is what
 * the work threw when it was interrupted, if anything.
 */
public final class AttemptTimeoutException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  AttemptTimeoutException(int attempt, Duration limit, @Nullable Throwable cause) {
    super(
        "Attempt %d had no answer after %s. Allow more with timeout(…) or a later deadline."
            .formatted(attempt, Nanos.text(limit)),
        cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
