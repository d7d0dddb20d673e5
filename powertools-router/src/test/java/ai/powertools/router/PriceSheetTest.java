package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Pricing;
import ai.powertools.models.Rates;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceSheetTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Pricing PRICING = ModelCatalog.bundled().pricing();

  private static PriceSheet sheet(Model model) {
    return PriceSheet.of(model, PRICING, NOON);
  }

  private static Model priced(Prices prices) {
    return Model.builder("p", "m").limits(2_000_000, 100_000).prices(prices).build();
  }

  @Test
  void saysWhatThePricingSaysForEveryModelOfTheCatalogAndEveryLength() {
    long seed = Long.getLong("powertools.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    CallTerms terms = CallTerms.at(NOON);
    for (Model model : ModelCatalog.bundled().models()) {
      PriceSheet sheet = sheet(model);
      for (int i = 0; i < 20; i++) {
        long input = random.nextLong(1L << random.nextInt(1, 22));
        long cached = random.nextLong(input + 1);
        long output = random.nextLong(1L << random.nextInt(1, 18));
        Usage usage = new Usage(input, cached, 0, output, 0);

        assertThat(Optional.ofNullable(sheet.expected(input, cached, output)))
            .as("%s, %d in, %d cached, %d out, seed %d", model.id(), input, cached, output, seed)
            .isEqualTo(PRICING.cost(model, usage, terms, Certainty.ESTIMATED).total());
        assertThat(Optional.ofNullable(sheet.worst(input, output)))
            .as("%s, %d in, %d out, seed %d", model.id(), input, output, seed)
            .isEqualTo(PRICING.worstCase(model, input, output, terms).total());
      }
    }
  }

  @Test
  void affordsTheLongestAnswerThatTheMoneyPaysForToTheToken() {
    PriceSheet sheet = sheet(priced(Prices.of(Usd.of("1"), Usd.of("10"))));

    // 1,000 tokens of input cost a tenth of a cent; ten times as much pays for 900 of output.
    assertThat(sheet.affordable(Usd.of("0.01"), 1_000, 100_000)).isEqualTo(900);
    assertThat(sheet.worst(1_000, 900)).isEqualTo(Usd.of("0.01"));
    assertThat(sheet.affordable(Usd.of("0.01"), 1_000, 100)).isEqualTo(100);
    assertThat(sheet.affordable(Usd.of("0.001"), 1_000, 100)).isZero();
    assertThat(sheet.affordable(Usd.of("0.0009"), 1_000, 100)).isEqualTo(-1);
    assertThat(sheet(Model.builder("p", "m").build()).affordable(Usd.of("1"), 1, 1)).isEqualTo(-1);
  }

  @Test
  void knowsPricesThatAreNoWholeNumberOfPicoDollarsAToken() {
    PriceSheet sheet = sheet(priced(Prices.of(Usd.of("0.0000001"), Usd.of("0.0000003"))));

    assertThat(sheet.worst(10, 10)).isEqualTo(Usd.of("0.000000000004"));
    assertThat(sheet.expected(10_000_000, 0, 0)).isEqualTo(Usd.of("0.000001"));
    assertThat(sheet.outputDollars(1)).isEqualTo(0.0000003);
    assertThat(sheet.inputPerMillion(0)).isEqualTo(Usd.of("0.0000001"));
  }

  @Test
  void knowsPricesThatRiseForWhatIsBeyondALength() {
    Rates.Step beyond = new Rates.Step(1_000, false, true, Map.of(Unit.INPUT_TOKENS, Usd.of("2")));
    Rates rates =
        Rates.of(
            Map.of(Unit.INPUT_TOKENS, Usd.of("1"), Unit.OUTPUT_TOKENS, Usd.of("4")),
            List.of(beyond));
    PriceSheet sheet = sheet(priced(Prices.of(rates)));

    assertThat(sheet.expected(1_500, 0, 0)).isEqualTo(Usd.of("0.002")); // 1,000 at $1, 500 at $2
    assertThat(sheet.outputPerMillion(1_500)).isEqualTo(Usd.of("4"));
  }

  @Test
  void takesMoneyBeyondALongToo() {
    PriceSheet sheet = sheet(priced(Prices.of(Usd.of("100000"), Usd.of("1"))));

    assertThat(sheet.worst(1L << 40, 0)).isEqualTo(Usd.of("109951162777.6"));
    assertThat(sheet.expected(1L << 40, 0, 0)).isEqualTo(Usd.of("109951162777.6"));
  }

  @Test
  void saysNothingOfWhatHasNoPrice() {
    PriceSheet sheet = sheet(Model.builder("p", "m").build());

    assertThat(sheet.expected(1, 0, 1)).isNull();
    assertThat(sheet.worst(1, 1)).isNull();
    assertThat(sheet.inputPerMillion(0)).isNull();
    assertThat(sheet.outputPerMillion(0)).isNull();
    assertThat(sheet.outputDollars(0)).isNaN();
  }
}
