package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which price is in force: by the time of the call, and by what was known when. */
class PricesTest {
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
  private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");

  private static final PriceRow FIRST =
      row("2").recorded(LocalDate.of(2026, 1, 1)).until(SEPTEMBER);
  private static final PriceRow RISE = row("3").recorded(LocalDate.of(2026, 6, 1)).from(SEPTEMBER);
  private static final PriceRow CORRECTED =
      row("1").recorded(LocalDate.of(2026, 7, 15)).until(SEPTEMBER);

  private final Pricing pricing = new Pricing(InstantSource.fixed(JULY));

  @ParameterizedTest
  @CsvSource({
    "2026-08-31T23:59:59.999999999Z, 2",
    "2026-09-01T00:00:00Z, 3",
    "2030-01-01T00:00:00Z, 3"
  })
  void changeAtTheirMoment(Instant at, String expected) {
    assertThat(dollars(new Prices(List.of(RISE, FIRST)), CallTerms.at(at)))
        .contains(Usd.of(expected));
  }

  @Test
  void areUnknownBeforeTheyBegan() {
    Model model = model(new Prices(List.of(RISE)));

    Cost cost = pricing.cost(model, Usage.of(1, 0), CallTerms.at(JULY));

    assertThat(cost.total()).isEmpty();
    assertThat(cost.reason()).contains("no price of acme/foo was in force at 2026-07-01T00:00:00Z");
  }

  @Test
  void areCorrectedWithoutForgettingWhatWasWrong() {
    Prices prices = new Prices(List.of(FIRST, RISE)).and(CORRECTED);

    Rerating again = pricing.rerate(model(prices), million(), CallTerms.at(MAY).knownAt(JULY));

    assertThat(again.before().total()).contains(Usd.of("2"));
    assertThat(again.after().total()).contains(Usd.of("1"));
    assertThat(again.difference()).contains(Usd.of("-1"));
    assertThat(prices.rows()).as("all that was ever known").containsExactly(FIRST, RISE, CORRECTED);
    assertThat(again.before().lines().get(0).priceRow()).contains(FIRST);
    assertThat(again.after().lines().get(0).priceRow()).contains(CORRECTED);
  }

  @Test
  void aCorrectionOfThePastLeavesALaterRiseAlone() {
    Prices prices = new Prices(List.of(RISE, CORRECTED, FIRST));

    assertThat(dollars(prices, CallTerms.at(SEPTEMBER))).contains(Usd.of("3"));
  }

  @Test
  void stayKnownWhenARefreshReplacesThem() {
    Prices before = new Prices(List.of(FIRST, RISE, row("1").inTier("batch")));
    Prices newer = new Prices(List.of(row("4")));
    LocalDate day = LocalDate.of(2026, 8, 1);

    Prices after = before.replacedBy(newer, day);

    assertThat(dollars(after, CallTerms.at(MAY))).contains(Usd.of("4"));
    assertThat(dollars(after, CallTerms.at(SEPTEMBER))).contains(Usd.of("4"));
    assertThat(after.tiers())
        .as("the batch price is not held true any more")
        .containsExactly("standard");
    assertThat(dollars(after, CallTerms.at(MAY).knownAt(JULY))).contains(Usd.of("2"));
    assertThat(dollars(after, CallTerms.at(MAY).tier("batch").knownAt(JULY))).contains(Usd.of("1"));
    Instant midnight = Instant.parse("2026-08-01T00:00:00Z");
    assertThat(dollars(after, CallTerms.at(MAY).knownAt(midnight))).contains(Usd.of("4"));
    assertThat(dollars(after, CallTerms.at(MAY).knownAt(midnight.minusNanos(1))))
        .contains(Usd.of("2"));
    assertThat(
            pricing.rerate(model(after), million(), CallTerms.at(MAY).knownAt(JULY)).difference())
        .contains(Usd.of("2"));
  }

  @Test
  void areNotReplacedByTheSamePrices() {
    Prices before = new Prices(List.of(FIRST, RISE));
    Prices same =
        new Prices(List.of(RISE.recorded(LocalDate.EPOCH), FIRST.recorded(LocalDate.MAX)));

    assertThat(before.replacedBy(same, LocalDate.of(2026, 8, 1))).isSameAs(before);
    Prices twice =
        before
            .replacedBy(new Prices(List.of(row("4"))), LocalDate.of(2026, 8, 1))
            .replacedBy(new Prices(List.of(row("5"))), LocalDate.of(2026, 8, 2));
    assertThat(twice.rows()).hasSize(4);
    assertThat(dollars(twice, CallTerms.at(MAY).knownAt(Instant.parse("2026-08-01T12:00:00Z"))))
        .contains(Usd.of("4"));
  }

  @Test
  void knowNothingBeforeTheFirstRecord() {
    Rerating again =
        pricing.rerate(
            model(new Prices(List.of(FIRST))),
            million(),
            CallTerms.at(MAY).knownAt(Instant.parse("2025-12-31T23:59:59Z")));

    assertThat(again.before().reason())
        .contains(
            "no price of acme/foo was in force at 2026-05-01T00:00:00Z by what was known at"
                + " 2025-12-31T23:59:59Z");
    assertThat(again.difference()).isEmpty();
  }

  @Test
  void cannotBeRatedAgainWithoutSayingWhatWasKnownWhen() {
    Model model = model(new Prices(List.of(FIRST)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pricing.rerate(model, million(), CallTerms.at(MAY)))
        .withMessage("To rate again, say what was known when: CallTerms.at(…).knownAt(…).");
  }

  @ParameterizedTest
  @CsvSource({"default, 2", "AUTO, 2", "on_demand, 2", "'', 2", "batch, 1", "batches, 1", "flex, "})
  void areThoseOfTheTierInTheVendorsWords(String tier, String expected) {
    Prices prices = new Prices(List.of(row("2"), row("1").inTier("batch")));

    Optional<Usd> dollars = dollars(prices, CallTerms.at(MAY).tier(tier));

    assertThat(dollars).isEqualTo(Optional.ofNullable(expected).map(Usd::of));
    assertThat(prices.tiers()).containsExactly("standard", "batch");
  }

  @Test
  void ofJustTheTierBeatThoseThatTellNoTiersApart() {
    PriceRow any = row("2");
    any =
        new PriceRow(
            any.rates(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            any.regions(),
            any.recorded());
    Prices prices = new Prices(List.of(row("1").inTier("batch"), any));

    assertThat(dollars(prices, CallTerms.at(MAY).tier("batch"))).contains(Usd.of("1"));
    Cost priority = pricing.cost(model(prices), million(), CallTerms.at(MAY).tier("priority"));
    assertThat(priority.total()).contains(Usd.of("2"));
    assertThat(priority.certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(priority.reason()).contains("the prices of acme/foo tell no tier priority apart");
  }

  @Test
  void ofSomeHoursBeatThoseOfAll() {
    Prices prices =
        new Prices(
            List.of(
                row("1").during(new PriceRow.Hours(LocalTime.of(22, 0), LocalTime.of(6, 0))),
                row("2")));

    assertThat(dollars(prices, CallTerms.at(MAY))).contains(Usd.of("1"));
    assertThat(dollars(prices, CallTerms.at(MAY.plusSeconds(6 * 3_600)))).contains(Usd.of("2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceRow.Hours(LocalTime.NOON, LocalTime.NOON))
        .withMessage(
            "Hours that begin and end at 12:00 are none; leave them out for the whole day.");
  }

  @Test
  void areFreeOnlyWhenEveryRowIs() {
    assertThat(Prices.FREE.isFree()).isTrue();
    assertThat(Prices.FREE.and(row("1")).isFree()).isFalse();
  }

  private Optional<Usd> dollars(Prices prices, CallTerms terms) {
    return pricing.cost(model(prices), million(), terms).total();
  }

  private static Usage million() {
    return Usage.of(1_000_000, 0);
  }

  private static PriceRow row(String input) {
    return PriceRow.of(Rates.of(Usd.of(input), Usd.ZERO));
  }

  private static Model model(Prices prices) {
    return Model.builder("acme", "foo").prices(prices).build();
  }
}
