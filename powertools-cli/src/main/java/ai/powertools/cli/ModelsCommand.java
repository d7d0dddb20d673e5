package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.CallTerms;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the models that are known and what they charge, or all that is known of one. */
@Command(
    name = "models",
    description = "The models that are known and what they charge; with NAME, all about one.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "A model, as in gpt-5-mini or anthropic/claude-sonnet-4-6.")
  private @Nullable String name;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only models of this provider.")
  private @Nullable String provider;

  @Option(names = "--all", description = "Also models that their vendors have ended.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object for each model.")
  private boolean json;

  @Mixin private PricesOptions prices = new PricesOptions();

  ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** With the commands for the models of one's own servers. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new ModelsCommand(terminal))
        .addSubcommand(new LocalModelsCommand(terminal))
        .addSubcommand(new PullModelCommand(terminal))
        .addSubcommand(new WarmModelCommand(terminal));
  }

  @Override
  public Integer call() {
    ModelCatalog catalog = prices.catalog(terminal);
    Instant now = terminal.clock().instant();
    if (name != null) {
      Model model = model(catalog, name);
      terminal.out().print(json ? ModelJson.of(model, now) + "\n" : ModelText.of(model));
    } else {
      list(provider == null ? catalog.models() : PricesOptions.modelsOf(catalog, provider), now);
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private Model model(ModelCatalog catalog, String wanted) {
    if (provider == null) {
      return PricesOptions.model(catalog, wanted);
    }
    String of = provider;
    return catalog
        .find(of, wanted)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "No model of %s is called \"%s\". Leave the name out to see those of %s."
                        .formatted(of, wanted, of)));
  }

  private void list(List<Model> models, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<Model> shown =
        all ? models : models.stream().filter(model -> !model.traits().isRetired(today)).toList();
    if (json) {
      shown.forEach(model -> terminal.out().print(ModelJson.of(model, now) + "\n"));
      return;
    }
    terminal.out().print(ModelText.table(shown, CallTerms.at(now)));
    terminal
        .err()
        .println(
            "%d models; dollars per million tokens at standard terms on %s, for short inputs.%s"
                .formatted(
                    shown.size(),
                    today,
                    shown.size() == models.size()
                        ? ""
                        : " %d that their vendors have ended: --all shows them."
                            .formatted(models.size() - shown.size())));
    terminal.err().flush();
  }
}
