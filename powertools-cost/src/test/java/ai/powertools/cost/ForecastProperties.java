package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.models.Usd;
import ai.powertools.testing.RandomInput;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must be true of a forecast of any series. */
class ForecastProperties {
  private static final int CASES = RandomInput.size("powertools.forecast.cases", 150);
  private static final LocalDate ANY_DAY = LocalDate.of(2026, 1, 1);

  @Test
  void amountsAreInOrderAndNeverBelowWhatIsSpent() {
    RandomInput.check(
        CASES,
        input -> {
          DailyCosts costs = costs(input, amounts(input));
          Forecast forecast = forecast(costs);

          Interval likely = forecast.interval80();
          Interval wide = forecast.interval95();
          assertThat(forecast.spent()).isLessThanOrEqualTo(wide.low());
          assertThat(wide.low()).isLessThanOrEqualTo(likely.low());
          assertThat(likely.contains(forecast.expected())).isTrue();
          assertThat(likely.high()).isLessThanOrEqualTo(wide.high());
          assertThat(forecast.burnRate().isNegative()).isFalse();

          Usd sum = forecast.spent().minus(costs.ofToday());
          for (DayForecast day : forecast.days()) {
            Interval interval = new Interval(day.low(), day.high());
            assertThat(interval.contains(day.expected())).isTrue();
            assertThat(day.low().isNegative()).isFalse();
            sum = sum.plus(day.expected());
          }
          assertThat(sum).isEqualTo(forecast.expected());
          assertThat(forecast.days().get(0).low()).isGreaterThanOrEqualTo(costs.ofToday());
        });
  }

  @Test
  void theSameHistoryHasTheSameForecast() {
    RandomInput.check(
        CASES / 5,
        input -> {
          List<Usd> amounts = amounts(input);
          DailyCosts costs = costs(input, amounts);
          DailyCosts again = new DailyCosts(costs.first(), amounts, costs.today(), costs.elapsed());
          assertThat(forecast(again)).isEqualTo(forecast(costs));
        });
  }

  @Test
  void tenTimesTheMoneyIsTenTimesTheForecast() {
    RandomInput.check(
        CASES / 3,
        input -> {
          List<Usd> amounts = amounts(input);
          DailyCosts costs = costs(input, amounts);
          DailyCosts tenfold =
              new DailyCosts(
                  costs.first(),
                  amounts.stream().map(amount -> amount.times(10)).toList(),
                  costs.today(),
                  costs.elapsed());
          Forecast one = forecast(costs);
          Forecast ten = forecast(tenfold);

          assertThat(ten.spent()).isEqualTo(one.spent().times(10));
          assertThat(ten.method()).isEqualTo(one.method());
          isTenTimes(ten.expected(), one.expected());
          isTenTimes(ten.interval80().low(), one.interval80().low());
          isTenTimes(ten.interval80().high(), one.interval80().high());
          isTenTimes(ten.interval95().low(), one.interval95().low());
          isTenTimes(ten.interval95().high(), one.interval95().high());
        });
  }

  @Test
  void theEarliestDayIsNeverAfterTheExpectedOne() {
    RandomInput.check(
        CASES / 3,
        input -> {
          DailyCosts costs = costs(input, amounts(input));
          Usd limit = Usd.cents(input.ints(0, 100_000));
          LocalDate last = costs.today().plusDays(input.ints(0, 40));
          Exhaustion exhaustion = Forecaster.of(costs).exhaustion(limit, Usd.ZERO, last);

          assertThat(exhaustion.probability()).isBetween(0.0, 1.0);
          exhaustion
              .expected()
              .ifPresent(
                  day -> {
                    assertThat(day).isBetween(costs.today(), last);
                    assertThat(exhaustion.earliest().orElseThrow()).isBeforeOrEqualTo(day);
                  });
        });
  }

  private static void isTenTimes(Usd ten, Usd one) {
    double expected = one.approximately() * 10;
    assertThat(ten.approximately()).isEqualTo(expected, within(1e-6 * expected + 1e-9));
  }

  private static Forecast forecast(DailyCosts costs) {
    LocalDate today = costs.today();
    return Forecaster.of(costs)
        .period(today.withDayOfMonth(1), today.withDayOfMonth(today.lengthOfMonth()));
  }

  private static DailyCosts costs(RandomInput input, List<Usd> amounts) {
    LocalDate today = ANY_DAY.plusDays(input.ints(0, 365));
    double elapsed = input.ints(0, 101) / 100.0;
    return new DailyCosts(today.minusDays(amounts.size() - 1), amounts, today, elapsed);
  }

  /** Of some kind, some of the days at nothing or at a thousand times as much. */
  private static List<Usd> amounts(RandomInput input) {
    int count = input.oneOf(1, 2, 5, 10, 14, 15, 20, 40, 100);
    double[] days = input.oneOf(SpendingSeries.values()).days(count, new Random(input.seed()));
    double nothing = input.oneOf(0.0, 0.3, 0.95, 1.0);
    double wild = input.oneOf(0.0, 0.0, 0.1);
    List<Usd> amounts = new ArrayList<>();
    for (double day : days) {
      long cents = input.chance(nothing) ? 0 : Math.round(day * 100);
      amounts.add(Usd.cents(input.chance(wild) ? cents * 1_000 : cents));
    }
    return amounts;
  }
}
