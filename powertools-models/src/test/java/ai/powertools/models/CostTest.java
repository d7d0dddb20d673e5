package ai.powertools.models;

import static ai.powertools.models.Certainty.ESTIMATED;
import static ai.powertools.models.Certainty.EXACT;
import static ai.powertools.models.Certainty.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
  private static final CostLine INPUT = CostLine.of("input", 1_000, Usd.of("0.25"));
  private static final CostLine OUTPUT = CostLine.of("output", 500, Usd.of("2"));

  @Test
  void isTheSumOfItsLines() {
    Cost cost = Cost.of(List.of(INPUT, OUTPUT), EXACT);

    assertThat(cost.total()).contains(Usd.of("0.00125"));
    assertThat(cost.lines()).containsExactly(INPUT, OUTPUT);
    assertThat(cost.certainty()).isEqualTo(EXACT);
    assertThat(cost.reason()).isEmpty();
    assertThat(cost).hasToString("$0.00125");
  }

  @Test
  void isNeverZeroWhenUnknown() {
    Cost unknown = Cost.unknown("no price is known for acme/foo");

    assertThat(unknown.total()).isEmpty();
    assertThat(unknown.certainty()).isEqualTo(UNKNOWN);
    assertThat(unknown.reason()).contains("no price is known for acme/foo");
    assertThat(unknown)
        .hasToString("unknown (no price is known for acme/foo)")
        .isNotEqualTo(Cost.ZERO);
  }

  @Test
  void canBeKnownToBeNothing() {
    assertThat(Cost.ZERO.total()).contains(Usd.ZERO);
    assertThat(Cost.ZERO.certainty()).isEqualTo(EXACT);
    assertThat(Cost.ZERO.lines()).isEmpty();
  }

  @Test
  void refusesToBeUnknownWithoutAReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cost.of(List.of(), UNKNOWN))
        .withMessage("An unknown cost needs a reason: use Cost.unknown(why).");
  }

  @Test
  void mergesLinesOfTheSameUnitAndRateWhenAdded() {
    Cost first = Cost.of(List.of(INPUT, OUTPUT), EXACT);
    CostLine dearer = CostLine.of("input", 10, Usd.of("3"));

    Cost both = first.plus(Cost.of(List.of(INPUT, dearer), ESTIMATED));

    assertThat(both.lines())
        .containsExactly(CostLine.of("input", 2_000, Usd.of("0.25")), OUTPUT, dearer);
    assertThat(both.total()).contains(Usd.of("0.00153"));
    assertThat(both.certainty()).isEqualTo(ESTIMATED);
    assertThat(both).hasToString("about $0.00153");
  }

  @Test
  void isUnknownWhenAPartIsAndKeepsThePartThatIsKnown() {
    Cost known = Cost.of(List.of(INPUT), EXACT);
    Cost lost = Cost.unknown("the stream broke");

    assertThat(known.plus(lost)).isEqualTo(lost.plus(known));
    assertThat(known.plus(lost).total()).isEmpty();
    assertThat(known.plus(lost).lines()).containsExactly(INPUT);
    assertThat(known.plus(lost).reason()).contains("the stream broke");
  }

  @Test
  void keepsEachReasonOnce() {
    Cost broke = Cost.unknown("the stream broke");
    Cost noPrice = Cost.unknown("no price");

    assertThat(broke.plus(noPrice).reason()).contains("the stream broke; no price");
    assertThat(broke.plus(broke).reason()).contains("the stream broke");
  }

  @Test
  void isEqualWhenAllOfItIs() {
    Cost cost = Cost.of(List.of(INPUT), EXACT);

    assertThat(cost)
        .isEqualTo(Cost.of(List.of(INPUT), EXACT))
        .hasSameHashCodeAs(Cost.of(List.of(INPUT), EXACT))
        .isNotEqualTo(Cost.of(List.of(INPUT), ESTIMATED))
        .isNotEqualTo(Cost.of(List.of(OUTPUT), EXACT))
        .isNotEqualTo("$0.00025");
    assertThat(Cost.unknown("a")).isNotEqualTo(Cost.unknown("b"));
  }

  @Test
  void refusesALineThatDoesNotAddUp() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CostLine(
                    "input", 1_000, Usd.of("0.25"), 1_000_000, Usd.of("0.25"), Optional.empty()))
        .withMessage("1000 × input at $0.25 per 1000000 cost $0.00025, not $0.25.");
    assertThatIllegalArgumentException().isThrownBy(() -> CostLine.of(" ", 1, Usd.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> CostLine.of("input", -1, Usd.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, EXACT, EXACT",
    "EXACT, ESTIMATED, ESTIMATED",
    "ESTIMATED, EXACT, ESTIMATED",
    "UNKNOWN, EXACT, UNKNOWN",
    "ESTIMATED, UNKNOWN, UNKNOWN"
  })
  void isNoMoreCertainThanTheWorsePart(Certainty a, Certainty b, Certainty worse) {
    assertThat(a.worse(b)).isEqualTo(worse);
  }
}
