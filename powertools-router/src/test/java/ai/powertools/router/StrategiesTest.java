package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StrategiesTest {
  private static final Offer CHEAP = Offers.of("a:cheap", "0.001", 0.6);
  private static final Offer GOOD = Offers.of("b:good", "0.01", 0.8);
  private static final Offer BEST = Offers.of("c:best", "0.1", 0.95);
  private static final Offer UNKNOWN = Offers.of("d:unknown", "", 0.5);
  private static final Offer LAST = Offers.lastResort("builtin:last");

  private static List<String> order(Strategy strategy, Offer... offers) {
    return Offers.labels(strategy.rank(Offers.inputs(offers)));
  }

  @Test
  void theCheapestThatIsGoodEnoughComesFirstAndThenTheBestOfTheOthers() {
    Strategy strategy = Strategy.cheapestAbove(0.75);

    assertThat(order(strategy, UNKNOWN, CHEAP, BEST, LAST, GOOD))
        .containsExactly("b:good", "c:best", "a:cheap", "d:unknown", "builtin:last");
    assertThat(strategy.weighsQuality()).isTrue();
    assertThat(strategy.name()).isEqualTo("cheapest above quality 0.75");
    assertThat(strategy).hasToString(strategy.name());
  }

  @Test
  void theBestComesFirstWhateverItCosts() {
    assertThat(order(Strategy.best(), LAST, CHEAP, BEST, GOOD))
        .containsExactly("c:best", "b:good", "a:cheap", "builtin:last");
  }

  @Test
  void theBestWithinABudgetLeavesOutWhatIsDearerOrUnknown() {
    assertThat(order(Strategy.bestWithin(Usd.of("0.01")), UNKNOWN, CHEAP, BEST, GOOD))
        .containsExactly("b:good", "a:cheap");
  }

  @Test
  void theFastestIsKnownByItsWholeAnswerAndTheUnmeasuredIsTriedByOneCallAtATime() {
    Offer quick = Offers.of("a:quick", "1", 0.5, Offers.fast(900, 1_000, 0), 0); // 1.4 s
    Offer prompt = Offers.of("b:prompt", "1", 0.5, Offers.fast(100, 100, 0), 0); // 5.1 s
    Offer tried = Offers.of("d:tried", "1", 0.5, inFlight(1), 0);

    assertThat(order(Strategy.fastest(), prompt, quick, tried, UNKNOWN))
        .containsExactly("d:unknown", "a:quick", "b:prompt", "d:tried");
  }

  @Test
  void theLeastBusyIsTheOneWithFewestCallsAndAmongEqualsTheFaster() {
    Offer busy = Offers.of("a:busy", "1", 0.5, Offers.fast(1, 1_000, 5), 0);
    Offer slow = Offers.of("b:slow", "1", 0.5, Offers.fast(9_000, 10, 1), 0);
    Offer fast = Offers.of("c:fast", "1", 0.5, Offers.fast(10, 1_000, 1), 0);

    assertThat(order(Strategy.leastBusy(), busy, slow, fast))
        .containsExactly("c:fast", "b:slow", "a:busy");
  }

  @Test
  void theIdleShareCallsByChance() {
    Map<String, Integer> firsts = new HashMap<>();
    for (long seed = 0; seed < 300; seed++) {
      RoutingInputs inputs =
          Offers.inputs(seed, 0, OptionalLong.empty(), List.of(CHEAP, GOOD, BEST));
      firsts.merge(Offers.labels(Strategy.leastBusy().rank(inputs)).get(0), 1, Integer::sum);
    }
    assertThat(firsts.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140));
  }

  @Test
  void eachHasItsTurnAndTheOthersFollowRound() {
    List<List<String>> orders = new ArrayList<>();
    for (long turn = 0; turn < 3; turn++) {
      RoutingInputs inputs =
          Offers.inputs(1, turn, OptionalLong.empty(), List.of(CHEAP, GOOD, BEST));
      orders.add(Offers.labels(Strategy.roundRobin().rank(inputs)));
    }
    assertThat(orders)
        .containsExactly(
            List.of("a:cheap", "b:good", "c:best"),
            List.of("b:good", "c:best", "a:cheap"),
            List.of("c:best", "a:cheap", "b:good"));
    assertThat(order(Strategy.roundRobin())).isEmpty();
    assertThat(order(Strategy.roundRobin(), LAST, CHEAP)).endsWith("builtin:last");
  }

  @Test
  void aSplitGivesEachItsShareAndLeavesOutWhatHasNone() {
    Strategy strategy = Strategy.weighted(Map.of("a:*", 3.0, "b:*", 1.0, "c:best", 0.0));
    int cheap = 0;
    for (long seed = 0; seed < 4_000; seed++) {
      RoutingInputs inputs =
          Offers.inputs(seed, 0, OptionalLong.empty(), List.of(CHEAP, GOOD, BEST, UNKNOWN));
      List<String> order = Offers.labels(strategy.rank(inputs));
      assertThat(order).containsExactlyInAnyOrder("a:cheap", "b:good");
      cheap += order.get(0).equals("a:cheap") ? 1 : 0;
    }
    assertThat(cheap / 4_000.0).isCloseTo(0.75, within(0.03));
  }

  @Test
  void aSplitKeepsTasksOfOneKeyTogether() {
    Strategy strategy = Strategy.weighted(Map.of("*", 1.0));
    List<Offer> offers = List.of(CHEAP, GOOD, BEST);
    List<String> first =
        Offers.labels(strategy.rank(Offers.inputs(1, 0, OptionalLong.of(77), offers)));

    for (long seed = 2; seed < 20; seed++) {
      assertThat(
              Offers.labels(strategy.rank(Offers.inputs(seed, seed, OptionalLong.of(77), offers))))
          .isEqualTo(first);
    }
  }

  @Test
  void aSplitNeedsWeights() {
    assertThatThrownBy(() -> Strategy.weighted(Map.of("a:*", -1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The weight of a:* must be 0 or more, not -1.0.");
    assertThatThrownBy(() -> Strategy.weighted(Map.of("a:*", 0.0)))
        .hasMessage("A split needs at least one weight above 0.");
    assertThatThrownBy(() -> Strategy.weighted(Map.of("a:*", Double.POSITIVE_INFINITY)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyStaysWithItsModelWhoeverElseComesOrGoes() {
    Strategy strategy = Strategy.sticky(Strategy.cheapest());
    int moved = 0;
    Map<String, Integer> homes = new HashMap<>();
    for (long key = 0; key < 300; key++) {
      OptionalLong own = OptionalLong.of(Chance.mix(key));
      String home =
          Offers.labels(strategy.rank(Offers.inputs(key, key, own, List.of(CHEAP, GOOD, BEST))))
              .get(0);
      String without =
          Offers.labels(strategy.rank(Offers.inputs(key, key, own, List.of(CHEAP, GOOD)))).get(0);
      homes.merge(home, 1, Integer::sum);
      moved += home.equals("c:best") || home.equals(without) ? 0 : 1;
    }
    assertThat(moved).isZero();
    assertThat(homes.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140));
  }

  @Test
  void aWarmCacheIsHomeAndWithoutAKeyTheOtherStrategyDecides() {
    Strategy strategy = Strategy.sticky(Strategy.cheapest());
    Offer warm = Offers.of("c:best", "0.1", 0.95, Standing.FRESH, 900);
    List<Offer> offers = List.of(CHEAP, GOOD, warm);

    for (long key = 0; key < 50; key++) {
      assertThat(Offers.labels(strategy.rank(Offers.inputs(1, 0, OptionalLong.of(key), offers))))
          .containsExactly("c:best", "a:cheap", "b:good");
    }
    assertThat(Offers.labels(strategy.rank(Offers.inputs(1, 0, OptionalLong.empty(), offers))))
        .containsExactly("a:cheap", "b:good", "c:best");
    assertThat(strategy.name()).isEqualTo("sticky, otherwise cheapest");
    assertThat(strategy.weighsQuality()).isFalse();
    assertThat(Strategy.sticky(Strategy.best()).weighsQuality()).isTrue();
    assertThat(Offers.labels(strategy.rank(Offers.inputs(1, 0, OptionalLong.of(1), List.of(LAST)))))
        .containsExactly("builtin:last");
  }

  @Test
  void aBalanceFollowsItsWeights() {
    Offer dear = Offers.of("c:best", "0.1", 0.95, Offers.fast(5_000, 10, 0), 0);
    Offer cheap = Offers.of("a:cheap", "0.001", 0.6, Offers.fast(500, 50, 0), 0);
    Offer free = Offers.of("e:free", "0", 0.3, Offers.fast(100, 500, 0), 0);

    assertThat(order(Strategy.balanced().quality(1).cost(0).latency(0), cheap, dear, free))
        .containsExactly("c:best", "a:cheap", "e:free");
    assertThat(order(Strategy.balanced().quality(0).cost(1).latency(0), dear, cheap, free))
        .startsWith("a:cheap", "e:free"); // both are as cheap as can be
    assertThat(order(Strategy.balanced().quality(0).cost(0).latency(1), dear, cheap, free))
        .containsExactly("e:free", "a:cheap", "c:best");
    assertThat(order(Strategy.balanced().quality(0.5).cost(0.4).latency(0.1), dear, cheap, free))
        .containsExactly("a:cheap", "e:free", "c:best");
    assertThat(order(Strategy.balanced().quality(0).cost(0).latency(0), dear, cheap))
        .containsExactly("c:best", "a:cheap");
  }

  @Test
  void aBalanceTakesAnUnknownCostForTheDearest() {
    assertThat(order(Strategy.balanced().quality(0).cost(1).latency(0), UNKNOWN, BEST, CHEAP))
        .containsExactly("a:cheap", "d:unknown", "c:best");
    assertThat(order(Strategy.balanced().cost(1).latency(0).quality(0), UNKNOWN, CHEAP))
        .containsExactly("a:cheap", "d:unknown");
  }

  @Test
  void aBalanceSaysWhatItWeighs() {
    Balanced balanced = Strategy.balanced().quality(0.5).cost(0.4).latency(0.1);

    assertThat(balanced.name()).isEqualTo("balanced: quality 0.5, cost 0.4, latency 0.1");
    assertThat(balanced.weighsQuality()).isTrue();
    assertThat(balanced.quality(0).weighsQuality()).isFalse();
    assertThatThrownBy(() -> balanced.cost(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The weight of cost must be 0 or more, not NaN.");
    assertThatThrownBy(() -> balanced.latency(-1)).hasMessageContaining("latency");
    assertThatThrownBy(() -> balanced.quality(Double.POSITIVE_INFINITY))
        .hasMessageContaining("quality");
  }

  @Test
  void anOrderOfOnesOwnMaySeeTheQuality() {
    Strategy worst =
        Strategy.ofQuality(
            "worst",
            offers ->
                offers.stream()
                    .sorted((a, b) -> Double.compare(a.qualityEstimate(), b.qualityEstimate()))
                    .toList());

    assertThat(worst.weighsQuality()).isTrue();
    assertThat(order(worst, BEST, CHEAP, GOOD)).containsExactly("a:cheap", "b:good", "c:best");
  }

  private static Standing inFlight(int calls) {
    return new Standing(Latency.UNKNOWN, 0, 0, calls, Duration.ZERO);
  }
}
