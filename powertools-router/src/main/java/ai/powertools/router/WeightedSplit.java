package ai.powertools.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws without replacement by weight: each model draws {@code -ln(u) / weight}, and the least goes
 * first (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
 */
final class WeightedSplit implements Strategy {
  private final Map<String, Double> weights;

  WeightedSplit(Map<String, Double> weights) {
    this.weights = new LinkedHashMap<>(weights);
    weights.forEach(
        (pattern, weight) -> {
          if (!(weight >= 0) || weight.isInfinite()) {
            throw new IllegalArgumentException(
                "The weight of %s must be 0 or more, not %s.".formatted(pattern, weight));
          }
        });
    if (weights.values().stream().noneMatch(weight -> weight > 0)) {
      throw new IllegalArgumentException("A split needs at least one weight above 0.");
    }
  }

  @Override
  public String name() {
    return "weighted split " + weights;
  }

  @Override
  public Ranking rank(RoutingInputs inputs) {
    long draw = inputs.key().orElse(inputs.seed());
    List<Offer> taking = new ArrayList<>();
    for (Offer offer : inputs.offers()) {
      if (weight(offer.label()) > 0) {
        taking.add(offer);
      }
    }
    return Scoring.lowestFirst(
        "draw",
        taking,
        offer -> -Math.log(Chance.uniform(draw, offer.label())) / weight(offer.label()));
  }

  private double weight(String label) {
    for (Map.Entry<String, Double> entry : weights.entrySet()) {
      if (LabelPattern.matches(entry.getKey(), label)) {
        return entry.getValue();
      }
    }
    return 0;
  }
}
