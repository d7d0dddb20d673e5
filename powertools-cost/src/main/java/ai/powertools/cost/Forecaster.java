package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes forecasts of a history of daily costs: the same history, the same forecast. */
final class Forecaster {
  private static final int PATHS = 1_000;
  private static final int YEAR = 366;
  private static final int WEEK = 7;
  private static final int PICO_DIGITS = 12;
  private static final double TAIL_80 = 0.1;
  private static final double TAIL_95 = 0.025;

  /** What is to be ruled out with 95 % certainty. */
  private static final double UNLIKELY = 0.05;

  /** The first day is not taken for more than so many times what it cost up to now. */
  private static final double LEAST_ELAPSED = 0.25;

  private final DailyCosts costs;
  private final double[] history;
  private final SpendingModel model;

  private Forecaster(DailyCosts costs) {
    this.costs = costs;
    this.history = costs.wholeDays();
    this.model = model(costs, history);
  }

  static Forecaster of(DailyCosts costs) {
    return new Forecaster(costs);
  }

  /**
   * What a period will have cost at its end.
   *
   * @throws IllegalArgumentException if today is not in it, or it ends more than a year from now
   */
  Forecast period(LocalDate first, LocalDate last) {
    LocalDate today = costs.today();
    if (today.isBefore(first) || today.isAfter(last) || daysTo(last) > YEAR) {
      throw new IllegalArgumentException(
          "A forecast on %s needs a period with that day in it, ending within a year, not %s to %s."
              .formatted(today, first, last));
    }
    int days = daysTo(last);
    double[] expected = expected(days);
    SpendingPaths paths = paths(days);
    Usd spent = costs.since(first);
    List<DayForecast> path = new ArrayList<>();
    Usd total = spent;
    for (int day = 0; day < days; day++) {
      Usd before = day == 0 ? costs.ofToday() : Usd.ZERO;
      Usd rest = RoundedDollars.estimate(expected[day]);
      Interval interval = interval(before, rest, paths.day(day), TAIL_80);
      path.add(
          new DayForecast(today.plusDays(day), before.plus(rest), interval.low(), interval.high()));
      total = total.plus(rest);
    }
    Sample sums = paths.sums(days);
    Usd rest = total.minus(spent);
    return new Forecast(
        today,
        first,
        last,
        spent,
        total,
        interval(spent, rest, sums, TAIL_80),
        interval(spent, rest, sums, TAIL_95),
        burnRate(),
        path,
        model.method(),
        BackTest.of(history, (int) ChronoUnit.DAYS.between(first, last) + 1));
  }

  /**
   * When a limit is reached.
   *
   * @param spent in the window so far, today's part included
   * @param last day of the window
   */
  Exhaustion exhaustion(Usd limit, Usd spent, LocalDate last) {
    LocalDate today = costs.today();
    if (spent.compareTo(limit) >= 0) {
      return new Exhaustion(Optional.of(today), Optional.of(today), 1);
    }
    int days = Math.max(1, Math.min(YEAR, daysTo(last)));
    double left = limit.minus(spent).approximately();
    double[] expected = expected(days);
    SpendingPaths paths = paths(days);
    Optional<LocalDate> reached = Optional.empty();
    Optional<LocalDate> earliest = Optional.empty();
    double sum = 0;
    for (int day = 0; day < days && reached.isEmpty(); day++) {
      sum += expected[day];
      if (sum >= left) {
        reached = Optional.of(today.plusDays(day));
      }
      if (earliest.isEmpty() && (sum >= left || paths.shareAbove(left, day) >= UNLIKELY)) {
        earliest = Optional.of(today.plusDays(day));
      }
    }
    return new Exhaustion(reached, earliest, paths.shareAbove(left, days - 1));
  }

  private static SpendingModel model(DailyCosts costs, double[] history) {
    double today = costs.ofToday().approximately();
    if (history.length > 0) {
      return ModelFit.of(history);
    }
    if (today > 0) {
      return ModelFit.ofFirstDay(today / Math.max(LEAST_ELAPSED, costs.elapsed()));
    }
    int days = costs.amounts().size() - 1;
    return ModelFit.nothing(
        days == 0
            ? "no history: only what is spent so far"
            : "nothing was spent in " + days + " days");
  }

  private int daysTo(LocalDate last) {
    return Math.toIntExact(
        Math.min(Integer.MAX_VALUE, ChronoUnit.DAYS.between(costs.today(), last) + 1));
  }

  private double[] expected(int days) {
    double[] expected = model.expected(days);
    expected[0] *= 1 - costs.elapsed();
    return expected;
  }

  private SpendingPaths paths(int days) {
    return SpendingPaths.of(model, days, 1 - costs.elapsed(), PATHS);
  }

  private static Interval interval(Usd spent, Usd expected, Sample rest, double tail) {
    Usd low = RoundedDollars.estimate(rest.quantile(tail));
    Usd high = RoundedDollars.estimate(rest.quantile(1 - tail));
    return new Interval(
        spent.plus(low.compareTo(expected) > 0 ? expected : low),
        spent.plus(high.compareTo(expected) < 0 ? expected : high));
  }

  /** Of the last seven days that are over; of what there is of today when none is. */
  private Usd burnRate() {
    int over = costs.amounts().size() - 1;
    int days = Math.min(over, WEEK);
    if (days == 0) {
      return RoundedDollars.estimate(model.expected(1)[0]);
    }
    Usd sum = costs.since(costs.today().minusDays(days)).minus(costs.ofToday());
    return Usd.of(
        sum.toBigDecimal().divide(BigDecimal.valueOf(days), PICO_DIGITS, RoundingMode.HALF_EVEN));
  }
}
