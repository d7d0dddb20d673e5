package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.CallTerms;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import java.util.List;

/**
 * What a prompt would cost with a weak and with a strong model, by the catalog's prices and
 * counters of tokens. For shares of costs only, so that fractions of a dollar may be rounded.
 *
 * @param catalog the models
 * @param weak the cheap one
 * @param strong the dear one
 * @param terms the terms of the calls
 */
record RoutePrices(ModelCatalog catalog, Model weak, Model strong, CallTerms terms) {
  /** How long answers are taken to be: a few sentences, as of a word problem worked out. */
  static final int OUTPUT_TOKENS = 200;

  double weakCost(String prompt) {
    return cost(weak, prompt);
  }

  double strongCost(String prompt) {
    return cost(strong, prompt);
  }

  private double cost(Model model, String prompt) {
    long input = catalog.tokens(model).countChat(List.of(prompt)).tokens();
    Cost cost = catalog.pricing().cost(model, Usage.of(input, OUTPUT_TOKENS), terms);
    return cost.total()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "What %s costs is not known: %s. Name another with --weak and --strong."
                        .formatted(model.qualifiedId(), cost.reason().orElse("it has no price"))))
        .toBigDecimal()
        .doubleValue();
  }
}
