package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DailyCostsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

  @Test
  void daysWithoutAnAmountCostNothing() {
    DailyCosts costs =
        DailyCosts.of(
            Map.of(
                TODAY.minusDays(3), Usd.of("2"),
                TODAY.minusDays(1), Usd.of("4"),
                TODAY.plusDays(1), Usd.of("8")),
            TODAY,
            0.5);

    assertThat(costs.first()).isEqualTo(TODAY.minusDays(3));
    assertThat(costs.amounts()).containsExactly(Usd.of("2"), Usd.ZERO, Usd.of("4"), Usd.ZERO);
    assertThat(costs.ofToday()).isEqualTo(Usd.ZERO);
    assertThat(costs.wholeDays()).containsExactly(2, 0, 4);
    assertThat(costs.since(TODAY.minusDays(2))).isEqualTo(Usd.of("4"));
    assertThat(costs.since(TODAY.minusYears(2))).isEqualTo(Usd.of("6"));
    assertThat(costs.since(TODAY.plusDays(1))).isEqualTo(Usd.ZERO);
  }

  @Test
  void withoutAnyAmountThereIsToday() {
    DailyCosts costs = DailyCosts.of(Map.of(), TODAY, 0);
    assertThat(costs.first()).isEqualTo(TODAY);
    assertThat(costs.amounts()).containsExactly(Usd.ZERO);
    assertThat(costs.wholeDays()).isEmpty();
  }

  @Test
  void theHistoryBeginsWithTheFirstDayThatCostSomething() {
    List<Usd> amounts = List.of(Usd.ZERO, Usd.ZERO, Usd.of("1"), Usd.ZERO, Usd.of("5"));
    assertThat(new DailyCosts(TODAY.minusDays(4), amounts, TODAY, 1).wholeDays())
        .containsExactly(1, 0);
  }

  @Test
  void whatCanNotBeIsRefused() {
    List<Usd> one = List.of(Usd.ZERO);
    assertThatThrownBy(() -> new DailyCosts(TODAY.minusDays(1), one, TODAY, 0))
        .hasMessage("From 2026-11-25 to 2026-11-26 there is one amount a day, not 1 in all.");
    assertThatThrownBy(() -> new DailyCosts(TODAY, List.of(Usd.of("-1")), TODAY, 0))
        .hasMessage("A day costs nothing or more, not -$1.00 as 2026-11-26 does.");
    for (double elapsed : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new DailyCosts(TODAY, one, TODAY, elapsed))
          .hasMessageStartingWith("The share of today that has passed is from 0 to 1, not ");
    }
  }
}
