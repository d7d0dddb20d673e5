package ai.powertools.router;

import java.util.ArrayList;
import java.util.List;

/**
 * Now and then asks a model for the sake of learning how good it is (Thompson sampling): each offer
 * draws a chance of a good answer from what is believed of it, and the highest draw goes first.
 * What is believed is a beta distribution, here by its normal approximation: the estimate, and a
 * spread that shrinks with the feedback there has been.
 */
final class Exploration {
  /** How much feedback an estimate without any is taken to be worth. */
  private static final double WORTH = 10;

  private Exploration() {}

  /**
   * Whether the n-th call, from 0, explores: exactly the share of all calls does, evenly spread.
   *
   * @param share 0 to 1
   */
  static boolean isDue(long turn, double share) {
    return share > 0 && Math.floor((turn + 1) * share) > Math.floor(turn * share);
  }

  static Ranking explored(Ranking ranking, RoutingInputs inputs) {
    Ranking.Ranked drawn = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Ranking.Ranked ranked : ranking.order()) {
      if (ranked.offer().lastResort()) {
        continue;
      }
      double draw = draw(ranked.offer(), inputs.seed());
      if (draw > highest) {
        highest = draw;
        drawn = ranked;
      }
    }
    if (drawn == null) {
      return ranking;
    }
    List<Ranking.Ranked> order = new ArrayList<>(ranking.order());
    order.remove(drawn);
    order.add(0, drawn);
    return new Ranking(ranking.measure(), order);
  }

  private static double draw(Offer offer, long seed) {
    double estimate = offer.qualityEstimate();
    double seen = offer.quality().map(quality -> quality.good() + quality.bad()).orElse(0.0);
    double spread = Math.sqrt(estimate * (1 - estimate) / (WORTH + seen + 1));
    return estimate + spread * normal(seed, offer.label());
  }

  /** By Box and Muller. */
  private static double normal(long seed, String label) {
    double radius = Math.sqrt(-2 * Math.log(Chance.uniform(seed, label)));
    return radius * Math.cos(2 * Math.PI * Chance.uniform(~seed, label));
  }
}
