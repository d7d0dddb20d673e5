package ai.powertools.router;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import java.util.Optional;

/**
 * A model that a router may choose.
 *
 * @param provider who serves it
 * @param id the provider's own name of it
 * @param facts what is known of it; empty to look it up in the router's catalog
 */
public record RoutedModel(ChatProvider provider, String id, Optional<Model> facts) {
  /** As in {@code openai:gpt-5-mini}. */
  public String label() {
    return provider.name() + ":" + id;
  }

  /**
   * What is known of it: limits and prices, or that they are not known. Of a model that the catalog
   * has from another provider only, the limits are taken over but not the prices: who serves it
   * sets them.
   */
  public Model resolve(ModelCatalog catalog) {
    return facts
        .or(() -> catalog.find(provider.name() + "/" + id))
        .or(() -> catalog.find(id).map(this::withoutPrices))
        .orElseGet(() -> Model.builder(provider.name(), id).build());
  }

  private Model withoutPrices(Model known) {
    return Model.builder(provider.name(), id)
        .name(known.name())
        .limits(known.contextTokens(), known.maxOutputTokens())
        .tokenizer(known.tokenizer())
        .traits(known.traits())
        .build();
  }
}
