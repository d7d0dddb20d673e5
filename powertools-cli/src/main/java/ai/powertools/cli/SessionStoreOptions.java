package ai.powertools.cli;

import ai.powertools.core.Time;
import ai.powertools.orchestrator.CostSettings;
import ai.powertools.session.HistoryWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which sessions a command works on. */
final class SessionStoreOptions {
  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "Where the sessions are, an SQLite file; those of ask and run if not given.")
  private @Nullable Path store;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; ./powertools.yaml if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Where the sessions of ask and run lie; $POWERTOOLS_HOME or ~/.powertools.")
  private @Nullable Path home;

  /**
   * Opens those that are there.
   *
   * @throws ai.powertools.core.ConfigurationException if there are none, or they can't be read
   */
  SessionsFile open(Terminal terminal) {
    return open(terminal, HistoryWindow.FOREVER);
  }

  /** The same, to be swept. */
  SessionsFile open(Terminal terminal, HistoryWindow history) {
    return SessionsFile.open(file(terminal), time(terminal), history);
  }

  /** Opens them, in a new file if there is none. */
  SessionsFile openOrMake(Terminal terminal) {
    return SessionsFile.openOrMake(file(terminal), time(terminal));
  }

  /** Whether there is a file. */
  boolean isThere(Terminal terminal) {
    return Files.exists(file(terminal));
  }

  private Path file(Terminal terminal) {
    return terminal.folder().resolve(store == null ? standard(terminal) : store);
  }

  /** The ledger and the sessions are in one file. */
  private Path standard(Terminal terminal) {
    CostSettings settings =
        CostSettings.of(ConfigFile.of(config, terminal), terminal.environment());
    return (home == null ? settings : settings.home(home)).ledger();
  }

  private static Time time(Terminal terminal) {
    return new TerminalTime(terminal.clock());
  }
}
