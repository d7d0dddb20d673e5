package ai.powertools.cli;

import ai.powertools.orchestrator.LimitSettings;
import ai.powertools.ratelimit.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the limits that are known, and those of the configuration. */
@Command(
    name = "show",
    description = "What providers are known to let through, and the limits of powertools.yaml.",
    mixinStandardHelpOptions = true)
final class LimitsShowCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only those of this provider.")
  private @Nullable String provider;

  @Option(names = "--model", paramLabel = "NAME", description = "Only those of this model.")
  private @Nullable String model;

  @Option(names = "--tier", paramLabel = "NAME", description = "Only those of this usage tier.")
  private @Nullable String tier;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; ./powertools.yaml if it is there.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print one JSON object for each row.")
  private boolean json;

  LimitsShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<LimitRow> rows = new ArrayList<>(configured());
    rows.addAll(
        new KnownLimits(
                Optional.ofNullable(provider),
                Optional.ofNullable(model),
                Optional.ofNullable(tier))
            .rows());
    if (json) {
      rows.forEach(row -> terminal.out().print(LimitRowsText.json(row)));
    } else if (!rows.isEmpty()) {
      terminal.out().print(LimitRowsText.table(rows));
    }
    terminal.out().flush();
    terminal
        .err()
        .println(
            rows.isEmpty()
                ? "Nothing is known of that. Leave an option out to see more."
                : "Providers change their limits, and grant others: what an account has counts.");
    terminal.err().flush();
    return ExitCode.OK.code();
  }

  /** The user's own: for each provider alike, and for single ones. */
  private List<LimitRow> configured() {
    Optional<Path> file = ConfigFile.of(config, terminal);
    String name = file.map(Path::getFileName).map(Path::toString).orElse("");
    LimitSettings settings = LimitSettings.of(file, terminal.environment());
    List<LimitRow> rows = new ArrayList<>();
    if (!settings.limits().isEmpty()) {
      rows.add(row("each (" + name + ")", settings.limits()));
    }
    settings
        .providers()
        .forEach((provider, limits) -> rows.add(row(provider + " (" + name + ")", limits)));
    return rows;
  }

  private static LimitRow row(String provider, Limits limits) {
    return new LimitRow(provider, "*", "", limits, Optional.empty(), Optional.empty());
  }
}
