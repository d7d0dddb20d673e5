package ai.powertools.models;

import java.util.Optional;

/**
 * Brings counters for models whose vocabulary this library does not have, such as one that reads a
 * vendor's tokenizer file or asks its endpoint. {@link ModelCatalog#tokens} asks it first.
 *
 * <p>Give it to {@link ModelCatalog#withTokenCounters}, or name it in {@code
 * META-INF/services/ai.powertools.models.TokenCounterProvider}, where {@link
 * java.util.ServiceLoader} finds it: once, by the context class loader of the thread that first
 * counts. Implementations are thread-safe, cheap to ask, and keep what they load.
 */
@FunctionalInterface
public interface TokenCounterProvider {

  /** The counter for this model; empty leaves the model to the next provider. */
  Optional<TokenCounter> counterFor(Model model);
}
