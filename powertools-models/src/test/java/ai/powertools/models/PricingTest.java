package ai.powertools.models;

import static ai.powertools.models.Certainty.ESTIMATED;
import static ai.powertools.models.Certainty.EXACT;
import static ai.powertools.models.Certainty.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.powertools.models.Prices.LongContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known ways to get a bill wrong, as far as this module prices. */
class PricingTest {
  private static final Model CACHING =
      priced(
          new Prices(
              Usd.of("3"), Optional.of(Usd.of("0.3")), Optional.of(Usd.of("3.75")), Usd.of("15")));

  private static final Model TIERED =
      priced(
          new Prices(
              Usd.of("1.25"),
              Optional.of(Usd.of("0.125")),
              Optional.empty(),
              Usd.of("10"),
              Optional.of(
                  new LongContext(
                      200_000,
                      new Prices(
                          Usd.of("2.5"),
                          Optional.of(Usd.of("0.25")),
                          Optional.empty(),
                          Usd.of("15"))))));

  private final Pricing pricing = new Pricing();

  @Test
  void countsCachedAndWrittenInputOnceAtTheirOwnRates() {
    Cost cost = pricing.cost(CACHING, new Usage(1_000, 600, 300, 200, 150));

    assertThat(cost.lines())
        .containsExactly(
            CostLine.of("input", 100, Usd.of("3")),
            CostLine.of("cached input", 600, Usd.of("0.3")),
            CostLine.of("cache write", 300, Usd.of("3.75")),
            CostLine.of("output", 200, Usd.of("15")));
    assertThat(cost.total()).contains(Usd.of("0.004605"));
    assertThat(cost.certainty()).isEqualTo(EXACT);
  }

  @Test
  void chargesCachedAndWrittenInputAsInputWhereTheModelHasNoOtherRate() {
    Model plain = priced(Prices.of(Usd.of("0.59"), Usd.of("0.79")));

    Cost cost = pricing.cost(plain, new Usage(1_000, 600, 300, 200, 0));

    assertThat(cost.total()).contains(Usd.of("0.000748"));
    assertThat(cost.lines())
        .extracting(CostLine::ratePerMillion)
        .containsExactly(Usd.of("0.59"), Usd.of("0.59"), Usd.of("0.59"), Usd.of("0.79"));
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
  void isUnknownForAModelWithoutPrices() {
    Model unpriced = Model.builder("acme", "foo").build();

    assertThat(pricing.cost(unpriced, Usage.of(1, 1)))
        .isEqualTo(Cost.unknown("no price is known for acme/foo"));
    assertThat(pricing.worstCase(unpriced, 1, 1).total()).isEmpty();
  }

  @Test
  void isNoBetterKnownThanTheUsage() {
    assertThat(pricing.cost(CACHING, Usage.of(1, 1), ESTIMATED).certainty()).isEqualTo(ESTIMATED);
    assertThat(pricing.cost(CACHING, Usage.ZERO, UNKNOWN))
        .isEqualTo(Cost.unknown("the usage of acme/foo is not known"));
  }

  @Test
  void knowsThatALocalModelCostsExactlyNothing() {
    Cost cost = pricing.cost(Model.local("ollama", "llama3.2", 8_192), Usage.of(1_000, 500));

    assertThat(cost.total()).contains(Usd.ZERO);
    assertThat(cost.certainty()).isEqualTo(EXACT);
    assertThat(cost.lines()).hasSize(2);
  }

  @Test
  void leavesOutLinesOfNothing() {
    assertThat(pricing.cost(CACHING, Usage.ZERO)).isEqualTo(Cost.ZERO);
  }

  @Test
  void assumesTheDearestThatCanBecomeOfTheInput() {
    Cost worst = pricing.worstCase(CACHING, 1_000, 200);

    assertThat(worst.lines())
        .containsExactly(
            CostLine.of("input", 1_000, Usd.of("3.75")), CostLine.of("output", 200, Usd.of("15")));
    assertThat(worst.certainty()).isEqualTo(ESTIMATED);
  }

  @Test
  void assumesTheLongContextRatesOnceTheInputMayBeThatLong() {
    assertThat(pricing.worstCase(TIERED, 200_000, 1_000).total()).contains(Usd.of("0.26"));
    assertThat(pricing.worstCase(TIERED, 200_001, 1_000).total()).contains(Usd.of("0.5150025"));
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
        .withMessage("The input rate is negative: -$1.00 per million tokens.");
    assertThatIllegalArgumentException().isThrownBy(() -> Prices.of(Usd.ZERO, Usd.of("-1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LongContext(0, Prices.FREE))
        .withMessage("A long context begins above at least 1 token, not 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LongContext(1, TIERED.prices().orElseThrow()))
        .withMessage("A long-context tier cannot have one of its own.");
  }

  private static Model priced(Prices prices) {
    return Model.builder("acme", "foo").limits(1_000_000, 64_000).prices(prices).build();
  }
}
