package ai.powertools.cli;

import ai.powertools.core.PowerToolsException;
import org.jspecify.annotations.Nullable;

/** One row of a file is not what it should be; the other rows may be. */
final class UnreadableRowException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  UnreadableRowException(String message) {
    super(message);
  }

  UnreadableRowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
