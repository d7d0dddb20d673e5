package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Usd;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");

  @Test
  void isForAllCallsOnceAndForAllUnlessToldOtherwise() {
    assertThat(Budget.usd(100))
        .isEqualTo(
            new Budget(
                "all calls",
                Usd.of("100"),
                Scope.ALL,
                new Window.Calendar(Period.EVER, ZoneOffset.UTC, DayOfWeek.MONDAY, 1),
                AtLimit.REFUSE,
                List.of()))
        .isEqualTo(Budget.usd("100.00"))
        .isEqualTo(Budget.of(Usd.cents(10_000)));
  }

  @Test
  void changesOneThingAtATime() {
    Budget budget =
        Budget.usd("0.01").per(Period.MONTH).named("team=search").in(ZoneId.of("Asia/Tokyo"));

    assertThat(budget.limit()).isEqualTo(Usd.cents(1));
    assertThat(budget.window())
        .isEqualTo(new Window.Calendar(Period.MONTH, ZoneId.of("Asia/Tokyo"), DayOfWeek.MONDAY, 1));
    assertThat(budget.label()).isEqualTo("team=search, monthly");
    assertThat(budget.window().start(NOW)).isEqualTo("2026-10-31T15:00:00Z");
  }

  @Test
  void keepsItsSpendingByWhatItCountsWhateverItsNameAndLimit() {
    Budget budget = Budget.usd(1).per(Period.DAY).where("team", "search").named("a");

    assertThat(Counter.of(budget.named("b").limit(Usd.of("2")))).isEqualTo(Counter.of(budget));
    assertThat(Counter.of(budget.per(Period.WEEK))).isNotEqualTo(Counter.of(budget));
    assertThat(Counter.of(budget.forEach("user"))).isNotEqualTo(Counter.of(budget));
  }

  @Test
  void mayBeZeroAndAsLargeAsTheLedgerCounts() {
    assertThat(Budget.usd(0).limit()).isEqualTo(Usd.ZERO);
    assertThat(Budget.of(Usd.ofPico(Long.MAX_VALUE)).limit().format())
        .isEqualTo("$9223372.036854775807");
  }

  @Test
  void refusesANameThatNamesNothing() {
    assertThatThrownBy(() -> Budget.usd(1).named(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A budget needs a name.");
  }

  @Test
  void refusesANegativeLimit() {
    assertThatThrownBy(() -> Budget.usd("-0.01"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The limit of budget \"all calls\" must not be negative: -$0.01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372.036854775808", "1e30", "0.0000000000001"})
  void refusesALimitThatTheLedgerCannotCountUpTo(String limit) {
    assertThatThrownBy(() -> Budget.usd(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The limit of budget \"all calls\" must be whole pico-dollars up to $9,223,372.03,"
                + " not "
                + Usd.of(limit).format()
                + ".");
  }

  @Test
  void printsWhatItIs() {
    Budget budget = Budget.usd(100).named("team=search").per(Period.MONTH);

    assertThat(budget).hasToString("team=search, monthly: at most $100.00");
    assertThat(budget.in(ZoneId.of("Europe/Berlin")))
        .hasToString("team=search, monthly (Europe/Berlin): at most $100.00");
    assertThat(Budget.usd("0.5")).hasToString("all calls, in all: at most $0.50");
  }

  @Test
  void printsHowItStands() {
    Budget budget = Budget.usd(100).named("team=search").per(Period.MONTH);

    assertThat(new BudgetStatus(budget, "", NOW, Optional.empty(), Usd.of("98.2"), Usd.of("1.1")))
        .hasToString("team=search, monthly: spent $98.20 + reserved $1.10 of $100.00, $0.70 left");
  }

  @Test
  void hasNothingLeftWhenMoreWasSpentThanTheLimit() {
    Budget lowered = Budget.usd(1);

    assertThat(
            new BudgetStatus(lowered, "", NOW, Optional.empty(), Usd.of("1.50"), Usd.ZERO)
                .available())
        .isEqualTo(Usd.ZERO);
  }
}
