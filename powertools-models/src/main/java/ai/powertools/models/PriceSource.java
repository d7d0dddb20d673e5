package ai.powertools.models;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where models and prices come from. Functional: a source of one's own is a lambda, made usable by
 * {@link ModelCatalog#refreshedFrom}.
 */
@FunctionalInterface
public interface PriceSource {

  /**
   * The models of this source with their prices, in the order in which names are tried.
   *
   * @throws ai.powertools.core.ConfigurationException if the source can't be read, or anything in
   *     it can't be right, with the row; nothing is taken then
   */
  List<Model> models();

  /**
   * Whether the aliases of its models are all the names that they go by, tried in the order of the
   * models; ids, and names without their date, are not tried then.
   */
  default boolean namesByAliasOnly() {
    return false;
  }

  /** The models that ship with this library. */
  static PriceSource bundled() {
    return () -> ModelCatalog.bundled().models();
  }

  /** A file in our format, that of the bundled {@code models.json}. */
  static PriceSource file(Path file) {
    return () -> ModelsFile.read(file);
  }

  /** LiteLLM's {@code model_prices_and_context_window.json}. */
  static PriceSource liteLlm(Path file) {
    return () -> LiteLlmFile.read(file);
  }

  /** The data file of pydantic's genai-prices, version 2. */
  static PriceSource genaiPrices(Path file) {
    return new GenaiPricesFile(file);
  }

  /** The {@code api.json} of models.dev, alone or with its catalog of models. */
  static PriceSource modelsDev(Path file) {
    return () -> ModelsDevFile.read(file);
  }

  /**
   * A file in our format at an address, kept in a folder: fetched when it has changed there,
   * checked and compared before it is used; the last good one is used when it can't be fetched.
   */
  static HttpPriceSource url(URI address, Path folder) {
    return new HttpPriceSource(address, folder);
  }
}
