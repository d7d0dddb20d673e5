package ai.powertools.models;

import static ai.powertools.models.Certainty.ESTIMATED;
import static ai.powertools.models.Certainty.EXACT;
import static ai.powertools.models.Certainty.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

  private static final Map<Unit, Usd> CACHED =
      Map.of(
          Unit.INPUT_TOKENS, Usd.of("3"),
          Unit.CACHE_READ_TOKENS, Usd.of("0.3"),
          Unit.CACHE_WRITE_TOKENS, Usd.of("3.75"),
          Unit.OUTPUT_TOKENS, Usd.of("15"));

  private static final Model CACHING = priced(Prices.of(Rates.of(CACHED)));

  private static final Map<Unit, Usd> SHORT =
      Map.of(
          Unit.INPUT_TOKENS, Usd.of("1.25"),
          Unit.CACHE_READ_TOKENS, Usd.of("0.125"),
          Unit.OUTPUT_TOKENS, Usd.of("10"));

  private static final Map<Unit, Usd> LONG =
      Map.of(
          Unit.INPUT_TOKENS, Usd.of("2.5"),
          Unit.CACHE_READ_TOKENS, Usd.of("0.25"),
          Unit.OUTPUT_TOKENS, Usd.of("15"));

  private static final Model TIERED =
      priced(Prices.of(Rates.of(SHORT, List.of(Rates.Step.above(200_000, LONG)))));

  private final Pricing pricing = new Pricing(InstantSource.fixed(NOW));

  @Test
  void countsCachedAndWrittenInputOnceAtTheirOwnRates() {
    Cost cost = pricing.cost(CACHING, new Usage(1_000, 600, 300, 200, 150));

    assertThat(cost.lines())
        .extracting(CostLine::unit, CostLine::quantity, CostLine::rate)
        .containsExactly(
            line("input_tokens", 100, "3"),
            line("cache_read_tokens", 600, "0.3"),
            line("cache_write_tokens", 300, "3.75"),
            line("output_tokens", 200, "15"));
    assertThat(cost.total()).contains(Usd.of("0.004605"));
    assertThat(cost.certainty()).isEqualTo(EXACT);
  }

  @Test
  void chargesCachedAndWrittenInputAsInputWhereTheModelHasNoOtherRate() {
    Model plain = priced(Prices.of(Usd.of("0.59"), Usd.of("0.79")));

    Cost cost = pricing.cost(plain, new Usage(1_000, 600, 300, 200, 0));

    assertThat(cost.total()).contains(Usd.of("0.000748"));
    assertThat(cost.lines())
        .extracting(CostLine::unit, CostLine::quantity, CostLine::rate)
        .containsExactly(line("input_tokens", 1_000, "0.59"), line("output_tokens", 200, "0.79"));
  }

  @Test
  void saysOnEachLineWhichPriceItWas() {
    PriceRow row = PriceRow.of(Rates.of(CACHED));

    Cost cost = pricing.cost(priced(new Prices(List.of(row))), Usage.of(10, 10));

    assertThat(cost.lines()).allSatisfy(line -> assertThat(line.priceRow()).contains(row));
  }

  @ParameterizedTest
  @CsvSource({"200000, 0, 0.25", "200001, 0, 0.5000025", "200001, 200001, 0.05000025"})
  void switchesAllInputToTheLongContextRatesAboveTheThreshold(
      long input, long cached, String expected) {
    Cost cost = pricing.cost(TIERED, new Usage(input, cached, 0, 0, 0));

    assertThat(cost.total()).contains(Usd.of(expected));
  }

  @Test
  void switchesTheOutputToTheLongContextRateByTheLengthOfTheInputAlone() {
    assertThat(pricing.cost(TIERED, Usage.of(200_000, 1_000_000)).total())
        .contains(Usd.of("10.25"));
    assertThat(pricing.cost(TIERED, Usage.of(200_001, 1_000_000)).total())
        .contains(Usd.of("15.5000025"));
  }

  @Test
  void switchesAtTheThresholdWhereTheVendorSaysFrom() {
    Rates.Step from = new Rates.Step(200_000, true, false, LONG);
    Model inclusive = priced(Prices.of(Rates.of(SHORT, List.of(from))));

    assertThat(pricing.cost(inclusive, Usage.of(199_999, 0)).total())
        .contains(Usd.of("0.24999875"));
    assertThat(pricing.cost(inclusive, Usage.of(200_000, 0)).total()).contains(Usd.of("0.5"));
  }

  @Test
  void chargesOnlyWhatLiesBeyondAMarginalThreshold() {
    Rates.Step beyond = new Rates.Step(200_000, false, true, LONG);
    Model marginal = priced(Prices.of(Rates.of(SHORT, List.of(beyond))));

    Cost cost = pricing.cost(marginal, new Usage(300_000, 40_000, 0, 1_000, 0));

    assertThat(cost.lines())
        .extracting(CostLine::unit, CostLine::quantity, CostLine::rate)
        .containsExactly(
            line("input_tokens", 200_000, "1.25"),
            line("input_tokens", 60_000, "2.5"),
            line("cache_read_tokens", 40_000, "0.125"),
            line("output_tokens", 1_000, "10"));
  }

  @Test
  void takesTheHighestOfSeveralStepsThatIsReached() {
    Map<Unit, Usd> longer = Map.of(Unit.INPUT_TOKENS, Usd.of("4"));
    Rates two =
        Rates.of(
            SHORT, List.of(Rates.Step.above(500_000, longer), Rates.Step.above(200_000, LONG)));

    assertThat(pricing.cost(priced(Prices.of(two)), Usage.of(600_000, 0)).total())
        .contains(Usd.of("2.4"));
    assertThat(pricing.cost(priced(Prices.of(two)), Usage.of(600_000, 1_000)).total())
        .as("a price that the higher step leaves out stays that of the lower one")
        .contains(Usd.of("2.415"));
  }

  @Test
  void isUnknownForAModelWithoutPrices() {
    Model unpriced = Model.builder("acme", "foo").build();

    assertThat(pricing.cost(unpriced, Usage.of(1, 1)))
        .isEqualTo(Cost.unknown("no price is known for acme/foo"));
    assertThat(pricing.worstCase(unpriced, 1, 1).total()).isEmpty();
  }

  @Test
  void isUnknownWhereSomethingThatWasUsedHasNoPriceAndKeepsTheRest() {
    Cost cost = pricing.cost(CACHING, Usage.of(1_000, 0).and(Unit.WEB_SEARCHES, 2));

    assertThat(cost.total()).isEmpty();
    assertThat(cost.reason()).contains("acme/foo has no price for web_searches");
    assertThat(cost.lines()).extracting(CostLine::unit).containsExactly("input_tokens");

    Model embedding = priced(Prices.of(Rates.of(Map.of(Unit.INPUT_TOKENS, Usd.of("0.02")))));
    assertThat(pricing.cost(embedding, Usage.of(10, 0)).total()).contains(Usd.of("0.0000002"));
    assertThat(pricing.cost(embedding, Usage.of(10, 1)).reason())
        .contains("acme/foo has no price for output_tokens");
    Model speaking = priced(Prices.of(Rates.of(Map.of(Unit.OUTPUT_TOKENS, Usd.of("1")))));
    assertThat(pricing.cost(speaking, Usage.of(10, 1)).reason())
        .contains("acme/foo has no price for input_tokens");
  }

  @Test
  void isNoBetterKnownThanTheUsage() {
    assertThat(pricing.cost(CACHING, Usage.of(1, 1), ESTIMATED).certainty()).isEqualTo(ESTIMATED);
    assertThat(pricing.cost(CACHING, Usage.ZERO, UNKNOWN))
        .isEqualTo(Cost.unknown("the usage of acme/foo is not known"));
  }

  @Test
  void knowsThatALocalModelCostsExactlyNothingInAnyTier() {
    Model local = Model.local("ollama", "llama3.2", 8_192);

    Cost cost = pricing.cost(local, Usage.of(1_000, 500), CallTerms.at(NOW).tier("priority"));

    assertThat(cost.total()).contains(Usd.ZERO);
    assertThat(cost.certainty()).isEqualTo(EXACT);
    assertThat(cost.lines()).hasSize(2);
  }

  @Test
  void leavesOutLinesOfNothing() {
    assertThat(pricing.cost(CACHING, Usage.ZERO)).isEqualTo(Cost.ZERO);
  }

  @Test
  void refusesToPriceUsageThatContradictsItself() {
    Model spoken =
        priced(
            Prices.of(
                Rates.of(
                    Map.of(
                        Unit.INPUT_TOKENS, Usd.of("1"),
                        Unit.INPUT_AUDIO_TOKENS, Usd.of("10"),
                        Unit.OUTPUT_TOKENS, Usd.of("2")))));

    Cost cost = pricing.cost(spoken, Usage.of(10, 0).and(Unit.INPUT_AUDIO_TOKENS, 11));

    assertThat(cost.total()).isEmpty();
    assertThat(cost.reason().orElseThrow())
        .startsWith("the usage contradicts itself: the parts of input_tokens are more than its 10");
  }

  @Test
  void assumesTheDearestThatCanBecomeOfTheInput() {
    Cost worst = pricing.worstCase(CACHING, 1_000, 200);

    assertThat(worst.lines())
        .extracting(CostLine::unit, CostLine::quantity, CostLine::rate)
        .containsExactly(line("input_tokens", 1_000, "3.75"), line("output_tokens", 200, "15"));
    assertThat(worst.certainty()).isEqualTo(ESTIMATED);
  }

  @Test
  void assumesTheLongContextRatesOnceTheInputMayBeThatLong() {
    assertThat(pricing.worstCase(TIERED, 200_000, 1_000).total()).contains(Usd.of("0.26"));
    assertThat(pricing.worstCase(TIERED, 200_001, 1_000).total()).contains(Usd.of("0.5150025"));
  }

  @Test
  void countsThePriceOfTheRequestInTheWorstCase() {
    Model asked =
        priced(
            Prices.of(
                Rates.of(
                    Map.of(
                        Unit.INPUT_TOKENS, Usd.of("1"),
                        Unit.OUTPUT_TOKENS, Usd.of("1"),
                        Unit.REQUESTS, Usd.of("5")))));

    assertThat(pricing.worstCase(asked, 0, 0).total()).contains(Usd.of("0.005"));
    assertThat(pricing.cost(asked, Usage.of(1_000, 0)).total()).contains(Usd.of("0.006"));
  }

  @Test
  void knowsNoWorstCaseWithoutAPricePerToken() {
    Model pages = priced(Prices.of(Rates.of(Map.of(Unit.INPUT_DOCUMENT_PAGES, Usd.of("1")))));

    assertThat(pricing.worstCase(pages, 1, 1).reason())
        .contains("no price per token is known for acme/foo");
    assertThat(pricing.worstCase(CACHING, 1, 1, CallTerms.at(NOW).tier("batch")).reason())
        .contains("acme/foo has no price for tier batch, only for [standard]");
  }

  @Test
  void refusesNegativeWorstCases() {
    assertThatIllegalArgumentException().isThrownBy(() -> pricing.worstCase(CACHING, -1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pricing.worstCase(CACHING, 0, -1))
        .withMessage("Tokens must not be negative: input 0, output -1.");
  }

  @Test
  void refusesPricesThatAreNotPrices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prices.of(Usd.of("-1"), Usd.ZERO))
        .withMessage("The price of input_tokens is negative: -$1.00.");
    assertThatIllegalArgumentException().isThrownBy(() -> Prices.of(Usd.ZERO, Usd.of("-1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rates.Step.above(0, SHORT))
        .withMessageStartingWith("Prices for long inputs need a threshold of at least 1 token");
    assertThatIllegalArgumentException().isThrownBy(() -> Rates.Step.above(1, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Rates.of(Map.of(), List.of(Rates.Step.above(10, Map.of(Unit.REQUESTS, Usd.ZERO)))))
        .withMessage("requests has a price beyond 10 input tokens but none below.");
    assertThatIllegalArgumentException().isThrownBy(() -> new Prices(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceRow.of(Rates.of(SHORT)).regions(Map.of("eu", BigDecimal.ZERO)))
        .withMessage("The factor of region eu must be above 0, not 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceRow.of(Rates.of(SHORT)).from(NOW).until(NOW));
  }

  private static Tuple line(String unit, long quantity, String rate) {
    return tuple(unit, quantity, Usd.of(rate));
  }

  private static Model priced(Prices prices) {
    return Model.builder("acme", "foo").limits(1_000_000, 64_000).prices(prices).build();
  }
}
