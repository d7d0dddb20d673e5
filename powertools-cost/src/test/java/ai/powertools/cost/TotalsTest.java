package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TotalsTest {
  private static Totals totals(long calls, long succeeded, String cost, Usage usage) {
    return new Totals(
        calls,
        calls,
        succeeded,
        0,
        0,
        0,
        1,
        1,
        0,
        0,
        Usd.of(cost),
        Optional.of(Usd.ZERO),
        usage,
        Usd.of("-0.01"),
        new Waste(Usd.cents(1), Usd.cents(2), Usd.cents(4), Usd.cents(8), Usd.cents(16)),
        Latencies.of(Map.of(3, calls)));
  }

  @Test
  void nothingAddedChangesNothing() {
    Totals some = totals(7, 5, "1.20", new Usage(10, 5, 0, 3, 0));

    assertThat(some.plus(Totals.NONE)).isEqualTo(some);
    assertThat(Totals.NONE.plus(some)).isEqualTo(some);
    assertThat(Totals.NONE.plus(Totals.NONE)).isEqualTo(Totals.NONE);
  }

  @Test
  void twoTogetherHaveAllOfBoth() {
    Totals one = totals(7, 5, "1.20", new Usage(10, 5, 0, 3, 0));
    Totals both = one.plus(totals(1, 1, "0.30", new Usage(10, 0, 0, 3, 1)));

    assertThat(both.calls()).isEqualTo(8);
    assertThat(both.cost()).isEqualTo(Usd.of("1.50"));
    assertThat(both.usage()).isEqualTo(new Usage(20, 5, 0, 6, 1));
    assertThat(both.cacheSavings()).isEqualTo(Usd.of("-0.02"));
    assertThat(both.waste().total()).isEqualTo(Usd.of("0.62"));
    assertThat(both.latencies().count()).isEqualTo(8);
  }

  @Test
  void aBoundThatIsMissingOnceIsMissingForTheSum() {
    Totals boundless =
        new Totals(
            1,
            1,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            Usd.ZERO,
            Optional.empty(),
            Usage.ZERO,
            Usd.ZERO,
            Waste.NONE,
            Latencies.NONE);

    assertThat(Totals.NONE.plus(boundless).unknownAtMost()).isEmpty();
    assertThat(boundless.plus(Totals.NONE).unknownAtMost()).isEmpty();
  }

  @Test
  void averagesAreOverCallsAndOverAnswersThatWereOfUse() {
    Totals some = totals(7, 5, "1.20", new Usage(10, 5, 0, 3, 0));

    assertThat(some.useful()).isEqualTo(3);
    assertThat(some.costPerCall()).contains(Usd.of("0.171428571429"));
    assertThat(some.costPerSuccess()).contains(Usd.of("0.4"));
    assertThat(some.cacheHitRate()).hasValue(0.5);
  }

  @Test
  void nothingHasNoAverage() {
    assertThat(Totals.NONE.costPerCall()).isEmpty();
    assertThat(Totals.NONE.costPerSuccess()).isEmpty();
    assertThat(Totals.NONE.cacheHitRate()).isEmpty();
    assertThat(totals(1, 1, "1", Usage.ZERO).useful()).isZero();
    assertThat(totals(1, 1, "1", Usage.ZERO).costPerSuccess()).isEmpty();
  }
}
