package ai.powertools.router;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the model that a key belongs to in front. Whom a key falls to is found by rendezvous
 * hashing, so that a model that comes or goes moves its own keys only.
 */
record Sticky(Strategy otherwise) implements Strategy {
  @Override
  public String name() {
    return "sticky, otherwise " + otherwise.name();
  }

  @Override
  public boolean weighsQuality() {
    return otherwise.weighsQuality();
  }

  @Override
  public Ranking rank(RoutingInputs inputs) {
    Ranking others = otherwise.rank(inputs);
    if (inputs.key().isEmpty() || others.order().isEmpty()) {
      return others;
    }
    long key = inputs.key().getAsLong();
    Ranking.Ranked home = null;
    double strongest = Double.NEGATIVE_INFINITY;
    for (Ranking.Ranked ranked : others.order()) {
      Offer offer = ranked.offer();
      // A warm cache outweighs the hash; the longer, the more.
      double pull = Chance.uniform(key, offer.label()) + offer.tokens().cached();
      if (!offer.lastResort() && pull > strongest) {
        strongest = pull;
        home = ranked;
      }
    }
    if (home == null) {
      return others;
    }
    List<Ranking.Ranked> order = new ArrayList<>(others.order());
    order.remove(home);
    order.add(0, home);
    return new Ranking(others.measure(), order);
  }
}
