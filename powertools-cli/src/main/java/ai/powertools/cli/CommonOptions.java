package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.OrchestratorBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that calls models understands. */
final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; ./powertools.yaml if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Where log, ledger and sessions lie; $POWERTOOLS_HOME or ~/.powertools.")
  private @Nullable Path home;

  @Option(
      names = "--budget-usd",
      paramLabel = "DOLLARS",
      description =
          "The most that calls with this option may cost in a calendar month. What might cost more is refused.")
  private @Nullable String budgetUsd;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Only this model may answer, as in gpt-5-mini or builtin:extractive.")
  private @Nullable String model;

  @Option(
      names = "--max-output-tokens",
      paramLabel = "N",
      description = "The longest answer, and with it the most that a call can cost.")
  private @Nullable Integer maxOutputTokens;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Continue this conversation; a new one by default.")
  private @Nullable String session;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long it may take in all; ${DEFAULT-VALUE} by default.")
  private int timeoutSeconds;

  @Option(names = "--local-only", description = "The text must not leave this machine.")
  private boolean localOnly;

  @Option(names = "--json", description = "Print one JSON object instead of text and receipt.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the text alone, without the receipt.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the log on the way.")
  private boolean verbose;

  AiOrchestrator open(Terminal terminal) {
    OrchestratorBuilder builder =
        AiOrchestrator.configured(configFile(terminal), terminal.environment());
    if (home != null) {
      builder.home(home);
    }
    if (budgetUsd != null) {
      builder.budget(budget(budgetUsd));
    }
    return builder.build();
  }

  /** The configuration that counts, if there is one. */
  Optional<Path> configFile(Terminal terminal) {
    return ConfigFile.of(config, terminal);
  }

  Optional<String> model() {
    return Optional.ofNullable(model);
  }

  Optional<Integer> maxOutputTokens() {
    return Optional.ofNullable(maxOutputTokens);
  }

  Optional<String> session() {
    return Optional.ofNullable(session);
  }

  Duration timeout() {
    if (timeoutSeconds < 1) {
      throw new ConfigurationException("--timeout must be at least 1 second.");
    }
    return Duration.ofSeconds(timeoutSeconds);
  }

  boolean localOnly() {
    return localOnly;
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }

  private static Budget budget(String dollars) {
    try {
      return Budget.usd(dollars).named("command line").per(Period.MONTH);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "--budget-usd must be an amount of dollars such as 0.01 or 100, not \"" + dollars + "\".",
          e);
    }
  }
}
