package ai.powertools.router;

import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * In which order models are tried: the first is chosen, the others are what to fall back to. A
 * strategy goes by the inputs alone, chance included ({@link RoutingInputs#seed}), so that a
 * decision can be made again from its record.
 *
 * <p>A {@linkplain ChatProvider#isLastResort() last resort} comes after all others in each of the
 * strategies here but {@link #inOrder()}. What is done with the order besides trying one after
 * another ({@link Cascade}, {@link Hedge}, {@link Shadow}) is said to the router.
 */
public interface Strategy {
  /** For explanations, as in {@code cheapest}. */
  String name();

  /** Orders the offers, all of which could answer; leaving some out means never to try them. */
  Ranking rank(RoutingInputs inputs);

  /** Whether it goes by the quality of answers, which takes time to estimate. */
  default boolean weighsQuality() {
    return false;
  }

  /** The lowest expected cost first, models of unknown cost last, ties in the order given. */
  static Strategy cheapest() {
    return new NamedStrategy(
        "cheapest",
        false,
        inputs -> Scoring.lowestFirst("expected cost in $", inputs.offers(), Scoring::dollars));
  }

  /**
   * The cheapest of those that are good enough; behind them the others, the best first, for when
   * none is or none of them answers.
   *
   * @param quality the chance of a good answer that is enough, 0 to 1
   */
  static Strategy cheapestAbove(double quality) {
    return new NamedStrategy(
        "cheapest above quality " + quality,
        true,
        inputs -> {
          List<Offer> enough = new ArrayList<>();
          List<Offer> others = new ArrayList<>();
          for (Offer offer : inputs.offers()) {
            (offer.qualityEstimate() >= quality ? enough : others).add(offer);
          }
          List<Ranking.Ranked> order =
              new ArrayList<>(Scoring.lowestFirst("", enough, Scoring::dollars).order());
          order.addAll(Scoring.highestFirst("", others, Offer::qualityEstimate).order());
          return new Ranking(
              "expected cost in $ of those that are good enough, quality of the others", order);
        });
  }

  /** The best expected answer first. */
  static Strategy best() {
    return new NamedStrategy(
        "best",
        true,
        inputs ->
            Scoring.highestFirst("expected quality", inputs.offers(), Offer::qualityEstimate));
  }

  /** The best of those that are expected to cost no more than this; no others. */
  static Strategy bestWithin(Usd perCall) {
    return new NamedStrategy(
        "best within " + perCall.format(),
        true,
        inputs -> {
          List<Offer> affordable = new ArrayList<>();
          for (Offer offer : inputs.offers()) {
            if (offer.expectedCost().filter(cost -> cost.compareTo(perCall) <= 0).isPresent()) {
              affordable.add(offer);
            }
          }
          return Scoring.highestFirst("expected quality", affordable, Offer::qualityEstimate);
        });
  }

  /**
   * The shortest expected time to the end of the answer first. A model that has not been measured
   * is tried first, but not by two calls at a time.
   */
  static Strategy fastest() {
    return new NamedStrategy(
        "fastest",
        false,
        inputs ->
            Scoring.lowestFirst(
                "expected milliseconds",
                inputs.offers(),
                offer ->
                    offer.standing().latency().isKnown()
                        ? offer.expectedMillis()
                        : offer.standing().inFlight() == 0 ? 0 : Double.NaN));
  }

  /** Weighs quality, cost and latency; all alike until told otherwise. */
  static Balanced balanced() {
    return new Balanced(1, 1, 1);
  }

  /**
   * Splits calls among models by chance, as for a trial. Tasks with the same key go to the same
   * model.
   *
   * @param weights by patterns over labels, as in {@code openai:*}; models that match none are left
   *     out
   */
  static Strategy weighted(Map<String, Double> weights) {
    return new WeightedSplit(weights);
  }

  /**
   * Keeps tasks with the same key with one model, as far as it can answer: the one whose prompt
   * cache is warm, else the one that the key falls to, whichever of several routers decides. All
   * else is left to the other strategy.
   */
  static Strategy sticky(Strategy otherwise) {
    return new Sticky(otherwise);
  }

  /** The least loaded first: by what is under way, and how long answers take of late. */
  static Strategy leastBusy() {
    return new NamedStrategy(
        "least busy",
        false,
        inputs ->
            Scoring.lowestFirst(
                "calls under way, and a fraction for how slow they are",
                inputs.offers(),
                offer -> load(offer, inputs)));
  }

  /** Each in turn. */
  static Strategy roundRobin() {
    return new NamedStrategy(
        "round robin",
        false,
        inputs -> {
          List<Offer> offers = inputs.offers();
          if (offers.isEmpty()) {
            return Ranking.of(offers);
          }
          int first = (int) Math.floorMod(inputs.turn(), (long) offers.size());
          List<Offer> order = new ArrayList<>(offers.subList(first, offers.size()));
          order.addAll(offers.subList(0, first));
          return Scoring.lowestFirst("", order, offer -> Double.NaN);
        });
  }

  /** The order in which they were given to the router. */
  static Strategy inOrder() {
    return new NamedStrategy("in order", false, inputs -> Ranking.of(inputs.offers()));
  }

  /** An order of one's own that looks at the offers alone. */
  static Strategy of(String name, UnaryOperator<List<Offer>> order) {
    return new NamedStrategy(name, false, inputs -> Ranking.of(order.apply(inputs.offers())));
  }

  /** The same, of offers with their quality. */
  static Strategy ofQuality(String name, UnaryOperator<List<Offer>> order) {
    return new NamedStrategy(name, true, inputs -> Ranking.of(order.apply(inputs.offers())));
  }

  /** Ties are broken by how slow they are, and then by chance. */
  private static double load(Offer offer, RoutingInputs inputs) {
    double slow = offer.standing().latency().peak();
    double tie = Double.isNaN(slow) ? 0 : slow / (slow + 1_000);
    double chance = Chance.uniform(inputs.seed(), offer.label()) / 1_000;
    return offer.standing().inFlight() + 0.99 * tie + chance;
  }
}
