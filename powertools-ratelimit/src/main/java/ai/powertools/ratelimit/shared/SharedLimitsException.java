package ai.powertools.ratelimit.shared;

import ai.powertools.core.PowerToolsException;
import org.jspecify.annotations.Nullable;

/** The server that keeps shared limits was not reached, or did not answer as it should. */
public final class SharedLimitsException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private SharedLimitsException(String message, @Nullable Throwable cause, boolean retryable) {
    super(message, cause);
    this.retryable = retryable;
  }

  static SharedLimitsException closed(String what) {
    return new SharedLimitsException(
        "The " + what + " are closed. Close them after all limiters that share them.", null, false);
  }

  static SharedLimitsException noAnswer(String what, String where, @Nullable Throwable cause) {
    return new SharedLimitsException(
        "Could not %s by %s: %s. Check that it is there and can be reached."
            .formatted(what, where, cause == null ? "no answer in time" : reason(cause)),
        cause,
        true);
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Whether asking again may help: not when it was closed. */
  @Override
  public boolean retryable() {
    return retryable;
  }
}
