package ai.powertools.cli;

import ai.powertools.cost.Budget;
import ai.powertools.orchestrator.CostSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger a command looks at. */
final class LedgerOptions {
  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "The ledger, an SQLite file; the one of ask and run if not given.")
  private @Nullable Path ledger;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; ./powertools.yaml if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Where the ledger of ask and run lies; $POWERTOOLS_HOME or ~/.powertools.")
  private @Nullable Path home;

  /**
   * Opens it.
   *
   * @throws ai.powertools.core.ConfigurationException if it is not there, or can't be read
   */
  LedgerFile open(Terminal terminal) {
    Path file = terminal.folder().resolve(ledger == null ? settings(terminal).ledger() : ledger);
    return LedgerFile.open(file, new TerminalTime(terminal.clock()));
  }

  /** The budgets of the configuration. */
  List<Budget> budgets(Terminal terminal) {
    return settings(terminal).budgets();
  }

  /** The budgets that the calls of this ledger are held to; those of another are not known. */
  List<Budget> itsBudgets(Terminal terminal) {
    return ledger == null ? budgets(terminal) : List.of();
  }

  private CostSettings settings(Terminal terminal) {
    CostSettings settings =
        CostSettings.of(ConfigFile.of(config, terminal), terminal.environment());
    return home == null ? settings : settings.home(home);
  }
}
