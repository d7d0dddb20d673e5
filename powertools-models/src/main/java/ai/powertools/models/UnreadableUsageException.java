package ai.powertools.models;

import ai.powertools.core.PowerToolsException;

/** A response has no usage in the form that its API has, or one that can't be right. */
public final class UnreadableUsageException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  UnreadableUsageException(String message) {
    super(message);
  }

  UnreadableUsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
