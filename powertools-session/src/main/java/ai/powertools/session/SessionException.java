package ai.powertools.session;

import ai.powertools.core.PowerToolsException;
import org.jspecify.annotations.Nullable;

/** A value can't be kept or given back: the message names session, key and remedy. */
public class SessionException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  /**
   * An error about one value or one session.
   *
   * @param message session, key, what is wrong with it, and what to do; never the value
   * @param cause what reading or writing threw, or null
   */
  public SessionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
