package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.PriceSource;
import ai.powertools.models.UnknownModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which models and prices a command goes by. */
final class PricesOptions {
  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Go by the models and prices of this file alone; by the bundled ones if not.")
  private @Nullable Path prices;

  @Option(
      names = "--prices-format",
      paramLabel = "FORMAT",
      description =
          "The format of that file: ours (the default), litellm, genai-prices, models-dev.")
  private @Nullable String format;

  /** The catalog, whose now is that of the terminal. */
  ModelCatalog catalog(Terminal terminal) {
    if (prices == null) {
      if (format != null) {
        throw new ConfigurationException(
            "--prices-format says what kind of file --prices names. Give both, or neither.");
      }
      return ModelCatalog.bundled().at(terminal.clock());
    }
    Path file = terminal.folder().resolve(prices);
    String kind = format == null ? "ours" : format;
    PriceSource source =
        switch (kind) {
          case "ours" -> PriceSource.file(file);
          case "litellm" -> PriceSource.liteLlm(file);
          case "genai-prices" -> PriceSource.genaiPrices(file);
          case "models-dev" -> PriceSource.modelsDev(file);
          default ->
              throw new ConfigurationException(
                  "--prices-format must be ours, litellm, genai-prices or models-dev, not \""
                      + kind
                      + "\".");
        };
    return ModelCatalog.of(source).at(terminal.clock());
  }

  /**
   * The model of this name; {@code provider/id} always means the model that is listed so.
   *
   * @throws ConfigurationException if there is none, or more than one
   */
  static Model model(ModelCatalog catalog, String name) {
    Optional<Model> listed =
        catalog.models().stream()
            .filter(model -> model.qualifiedId().equalsIgnoreCase(name.strip()))
            .findFirst();
    try {
      return listed.orElseGet(() -> catalog.require(name));
    } catch (UnknownModelException e) {
      throw new ConfigurationException(
          e.getMessage() + " \"powertools models\" lists them all.", e);
    }
  }

  /**
   * All models of a provider.
   *
   * @throws ConfigurationException if there are none
   */
  static List<Model> modelsOf(ModelCatalog catalog, String provider) {
    List<Model> models = catalog.models(provider);
    if (models.isEmpty()) {
      throw new ConfigurationException(
          "No model is of a provider \"%s\". There are models of %s."
              .formatted(
                  provider,
                  String.join(
                      ", ", catalog.models().stream().map(Model::provider).distinct().toList())));
    }
    return models;
  }
}
