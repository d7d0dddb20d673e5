package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.CallTerms;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a prompt would cost, before it is sent, with one model or with many. */
@Command(
    name = "estimate",
    description =
        "What a prompt would cost, before it is sent; with several models, the cheapest first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The tokens and the cost of the input are those of the text, none of it cached.",
      "The worst case is that of the text as one message, with as many tokens as it and",
      "what a chat puts around it can have, written to a cache where that costs more,",
      "and with the longest answer."
    })
final class CostEstimateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The prompt; - for what is piped in.")
  private String file = "";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A model, as in gpt-5-mini. May be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "All models of this provider that can be used now. May be repeated.")
  private List<String> providers = new ArrayList<>();

  @Option(
      names = "--max-output",
      paramLabel = "N",
      description = "The longest answer, in tokens; each model's own limit if not given.")
  private @Nullable Long maxOutput;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = CallTerms.STANDARD,
      description = "The service tier, as in batch, flex or priority; ${DEFAULT-VALUE} by default.")
  private String tier = CallTerms.STANDARD;

  @Option(names = "--json", description = "Print one JSON object for each model.")
  private boolean json;

  @Mixin private PricesOptions prices = new PricesOptions();

  CostEstimateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (maxOutput != null && maxOutput < 0) {
      throw new ConfigurationException("--max-output must be at least 0, not " + maxOutput + ".");
    }
    ModelCatalog catalog = prices.catalog(terminal);
    Instant now = terminal.clock().instant();
    Set<Model> models = models(catalog, LocalDate.ofInstant(now, ZoneOffset.UTC));
    String prompt = Documents.read(file, terminal);
    CallTerms terms = CallTerms.at(now).tier(tier);
    List<Estimate> estimates =
        models.stream()
            .map(
                model -> Estimate.of(catalog, model, prompt, Optional.ofNullable(maxOutput), terms))
            .sorted(Estimate.CHEAPEST_FIRST)
            .toList();
    if (json) {
      estimates.forEach(estimate -> terminal.out().print(EstimateText.json(estimate) + "\n"));
    } else {
      terminal
          .out()
          .print(
              estimates.size() == 1
                  ? EstimateText.of(estimates.get(0))
                  : EstimateText.table(estimates));
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private Set<Model> models(ModelCatalog catalog, LocalDate today) {
    if (names.isEmpty() && providers.isEmpty() && spec != null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required option: '--model=NAME' or '--provider=NAME'. Say for which models.");
    }
    Set<Model> models = new LinkedHashSet<>();
    names.forEach(name -> models.add(PricesOptions.model(catalog, name)));
    for (String provider : providers) {
      PricesOptions.modelsOf(catalog, provider).stream()
          .filter(model -> !model.traits().isRetired(today))
          .forEach(models::add);
    }
    return models;
  }
}
