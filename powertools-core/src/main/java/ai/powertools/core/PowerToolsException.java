package ai.powertools.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of every error that PowerTools throws on purpose.
 *
 * <p>A message says what was tried, on what, why it failed and what to do. Whether trying again may
 * help is a property of the error itself, not of its class name: see {@link #retryable()}.
 */
public class PowerToolsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with no cause. */
  public PowerToolsException(String message) {
    this(message, null);
  }

  /**
   * @param message what was tried, on what, why not, and the remedy; never a secret
   * @param cause what led to it, or null
   */
  public PowerToolsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Whether the same call, made again later, has a chance. False unless a subclass knows better.
   */
  public boolean retryable() {
    return false;
  }

  /**
   * How long the other side asked us to wait, when it did. Empty unless a subclass knows better.
   */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
