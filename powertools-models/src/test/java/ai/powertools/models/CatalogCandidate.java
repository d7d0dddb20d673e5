package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import java.util.Map;
import java.util.Optional;

/**
 * A model of a provider and what each source says of it.
 *
 * @param quotes at least one
 */
record CatalogCandidate(CatalogProvider provider, String id, Map<CatalogSource, Quote> quotes) {
  String qualifiedId() {
    return provider.name() + "/" + id;
  }

  Optional<Quote> quote(CatalogSource source) {
    return Optional.ofNullable(quotes.get(source));
  }

  boolean is(Ability ability) {
    return quotes.values().stream().anyMatch(quote -> quote.model().can(ability));
  }
}
