package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.router.local.LocalModels;
import java.time.Duration;

/** The servers of models that a terminal's environment has. */
final class LocalServers {
  /** A person waits this long for a server that is busy; where none is, it is known at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private LocalServers() {}

  static LocalModels of(Terminal terminal) {
    return LocalModels.discover(terminal.environment(), PATIENCE);
  }

  /**
   * The end of so many seconds from now.
   *
   * @throws ConfigurationException if there are none
   */
  static Deadline deadline(int seconds) {
    if (seconds < 1) {
      throw new ConfigurationException("--timeout must be at least 1 second.");
    }
    return Deadline.after(Duration.ofSeconds(seconds));
  }
}
