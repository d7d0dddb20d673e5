package ai.powertools.router;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What recorded calls cost, and would have cost under another strategy.
 *
 * @param strategy the other strategy
 * @param calls how many calls were simulated
 * @param skipped how many records there were that say too little: nobody answered, or the other
 *     strategy would have asked nobody
 * @param unpriced how many calls are left out of the costs, since one of the two is not known
 * @param cost what the calls cost, by what was recorded
 * @param otherCost what they would have cost, had answers of the other models been as long
 * @param quality the mean of the expected quality of those that answered, where it was estimated
 * @param otherQuality of those that would have
 * @param moved how many calls would have gone to another model
 * @param choices how many calls each model would have got
 */
public record Simulation(
    String strategy,
    int calls,
    int skipped,
    int unpriced,
    Usd cost,
    Usd otherCost,
    double quality,
    double otherQuality,
    int moved,
    Map<String, Integer> choices) {

  static Simulation of(Iterable<RoutingDecision> records, Strategy other) {
    Sum sum = new Sum();
    for (RoutingDecision record : records) {
      Optional<Offer> was = record.chosen();
      Optional<Offer> would = Decider.decide(record.inputs(), other, record.facts()).first();
      if (was.isEmpty() || would.isEmpty()) {
        sum.skipped++;
      } else {
        sum.add(record, was.get(), would.get());
      }
    }
    return sum.result(other.name());
  }

  private static final class Sum {
    private int calls;
    private int skipped;
    private int unpriced;
    private int moved;
    private Usd cost = Usd.ZERO;
    private Usd otherCost = Usd.ZERO;
    private double quality;
    private double otherQuality;
    private final Map<String, Integer> choices = new TreeMap<>();

    void add(RoutingDecision record, Offer was, Offer would) {
      calls++;
      choices.merge(would.label(), 1, Integer::sum);
      quality += was.qualityEstimate();
      otherQuality += would.qualityEstimate();
      boolean same = would.label().equals(was.label());
      moved += same ? 0 : 1;
      Optional<Usd> paid = record.cost();
      Optional<Usd> other = same ? paid : price(record, was, would);
      if (paid.isPresent() && other.isPresent()) {
        cost = cost.plus(paid.get());
        otherCost = otherCost.plus(other.get());
      } else {
        unpriced++;
      }
    }

    /** The other model's expected cost, had its answer been as long as the one that was given. */
    private static Optional<Usd> price(RoutingDecision record, Offer was, Offer would) {
      if (would.expectedCost().isEmpty() || Double.isNaN(would.outputPrice())) {
        return Optional.empty();
      }
      long answered =
          record.tried().stream()
              .filter(tried -> tried.label().equals(was.label()))
              .flatMap(tried -> tried.usage().stream())
              .mapToLong(Usage::outputTokens)
              .max()
              .orElse(was.tokens().expectedOutput());
      // Dollars a million tokens are millionths of a dollar a token.
      double longer = (answered - would.tokens().expectedOutput()) * would.outputPrice() / 1e6;
      double cost = Math.max(0, would.expectedCost().get().approximately() + longer);
      return Optional.of(Usd.ofPico(Math.round(cost * 1e12)));
    }

    Simulation result(String strategy) {
      double count = Math.max(1, calls);
      return new Simulation(
          strategy,
          calls,
          skipped,
          unpriced,
          cost,
          otherCost,
          quality / count,
          otherQuality / count,
          moved,
          choices);
    }
  }
}
