package ai.powertools.cli;

import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.CostSettings;
import ai.powertools.orchestrator.OrchestratorBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose errors and dead letters a command works on. */
final class HomeOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; ./powertools.yaml if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Where ask and run keep theirs; $POWERTOOLS_HOME or ~/.powertools.")
  private @Nullable Path home;

  /**
   * Opens what is kept there.
   *
   * @throws ai.powertools.core.ConfigurationException if there is nothing, or it can't be read
   */
  KeptFile open(Terminal terminal) {
    return KeptFile.open(file(terminal), new TerminalTime(terminal.clock()));
  }

  /** What asks the questions of that home again. */
  AiOrchestrator orchestrator(Terminal terminal) {
    OrchestratorBuilder builder =
        AiOrchestrator.configured(ConfigFile.of(config, terminal), terminal.environment());
    if (home != null) {
      builder.home(home);
    }
    return builder.build();
  }

  /** They are in one file with the ledger and the sessions. */
  private Path file(Terminal terminal) {
    CostSettings settings =
        CostSettings.of(ConfigFile.of(config, terminal), terminal.environment());
    return terminal.folder().resolve((home == null ? settings : settings.home(home)).ledger());
  }
}
