package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds of every strategy, for any offers. */
class StrategyProperties {
  private static final List<Strategy> STRATEGIES =
      List.of(
          Strategy.cheapest(),
          Strategy.cheapestAbove(0.6),
          Strategy.best(),
          Strategy.bestWithin(Usd.of("0.05")),
          Strategy.fastest(),
          Strategy.balanced().quality(0.5).cost(0.4).latency(0.1),
          Strategy.weighted(Map.of("p1:*", 2.0, "*", 1.0)),
          Strategy.sticky(Strategy.fastest()),
          Strategy.leastBusy(),
          Strategy.roundRobin(),
          Strategy.inOrder());

  private final long seed = Long.getLong("powertools.seed", System.nanoTime());

  @Test
  void theSameInputsGiveTheSameOrderAlsoAfterTheyWereWrittenDown() {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 400; i++) {
      RoutingInputs inputs = exploringOrNot(Offers.random(random), random.nextBoolean());
      for (Strategy strategy : STRATEGIES) {
        RoutingDecision decision = Decider.decide(inputs, strategy, "facts");
        RoutingDecision again = Decider.decide(inputs, strategy, "facts");
        RoutingDecision read = RoutingDecision.fromJson(decision.toJson());
        RoutingDecision replayed = Decider.decide(read.inputs(), strategy, read.facts());

        assertThat(again).as("seed %d", seed).isEqualTo(decision);
        assertThat(read).as("seed %d", seed).isEqualTo(decision);
        assertThat(replayed).as("seed %d", seed).isEqualTo(decision);
      }
    }
  }

  @Test
  void nothingIsInventedOrTriedTwiceAndWhatIsLeftOutSaysSo() {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 400; i++) {
      RoutingInputs inputs = exploringOrNot(Offers.random(random), random.nextBoolean());
      for (Strategy strategy : STRATEGIES) {
        RoutingDecision decision = Decider.decide(inputs, strategy, "facts");
        List<Offer> order = decision.candidates();

        assertThat(new HashSet<>(order)).as("seed %d", seed).hasSameSizeAs(order);
        assertThat(inputs.offers()).as("seed %d", seed).containsAll(order);
        assertThat(order.size() + decision.refused().size())
            .as("seed %d", seed)
            .isEqualTo(inputs.offers().size());
        if (!strategy.equals(STRATEGIES.get(10)) && order.stream().anyMatch(o -> !o.lastResort())) {
          int last = order.stream().map(Offer::lastResort).toList().lastIndexOf(false);
          int first = order.stream().map(Offer::lastResort).toList().indexOf(true);
          assertThat(first == -1 || first > last).as("seed %d, %s", seed, strategy).isTrue();
        }
      }
    }
  }

  private static RoutingInputs exploringOrNot(RoutingInputs inputs, boolean exploring) {
    return new RoutingInputs(
        inputs.task(),
        inputs.complexity(),
        inputs.prediction(),
        inputs.key(),
        inputs.seed(),
        inputs.turn(),
        exploring,
        inputs.offers(),
        inputs.refused());
  }
}
