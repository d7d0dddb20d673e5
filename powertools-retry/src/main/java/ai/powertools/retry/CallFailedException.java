package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The work failed with a checked exception, which is the cause. Only blocking calls wrap: a future
 * fails with the checked exception itself.
 */
public final class CallFailedException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  CallFailedException(int attempt, Throwable cause, Verdict verdict) {
    super("Attempt " + attempt + " failed: " + Failures.describe(cause), cause);
    this.retryable = verdict.retryable();
    this.retryAfter = verdict.retryAfter().orElse(null);
  }

  /** What the classifier said of the cause. */
  @Override
  public boolean retryable() {
    return retryable;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
