package ai.powertools.core;

import org.jspecify.annotations.Nullable;

/** Something that the user set up is wrong: the message names where, what, and the remedy. */
public final class ConfigurationException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  /** An error found by looking at the configuration alone. */
  public ConfigurationException(String message) {
    super(message);
  }

  /**
   * @param message where, what and the remedy
   * @param cause what reading or checking the configuration threw, or null
   */
  public ConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
