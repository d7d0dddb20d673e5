package ai.powertools.cost;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Forecasts made again where the history has what became of them. */
final class BackTest {
  /** Days of history before the first forecast: what a model of weekdays takes. */
  private static final int LEAST_DAYS = WeekdayPattern.LEAST_DAYS;

  /** Fewer forecasts than this say nothing about the next one. */
  private static final int LEAST_FORECASTS = 4;

  private static final int LONGEST_PERIOD = 31;
  private static final int RECENT = 182;
  private static final int ORIGINS = 12;
  private static final int PATHS = 300;

  /** Sums of doubles are off by less than this. */
  private static final double ROUNDING = 1e-9;

  private final double[] days;
  private final int periodDays;
  private int forecasts;
  private int in80;
  private int in95;
  private double actual;
  private double errors;
  private double signedErrors;
  private double runRateErrors;
  private double dailyActual;
  private double dailyErrors;

  private BackTest(double[] days, int periodDays) {
    this.days = days;
    this.periodDays = periodDays;
  }

  /** Of a period of so many days; empty when the history is too short, or nothing in it. */
  static Optional<Accuracy> of(double[] days, int periodDays) {
    BackTest test = new BackTest(days, Math.min(periodDays, LONGEST_PERIOD));
    test.run();
    return test.forecasts < LEAST_FORECASTS || test.actual == 0
        ? Optional.empty()
        : Optional.of(test.accuracy());
  }

  private void run() {
    int[] horizons =
        IntStream.of(periodDays / 4, periodDays / 2, periodDays * 3 / 4)
            .map(horizon -> Math.max(1, horizon))
            .distinct()
            .toArray();
    int last = days.length - horizons[0];
    int first = Math.max(LEAST_DAYS, days.length - RECENT);
    int step = Math.max(1, (last - first) / ORIGINS + 1);
    for (int origin = last; origin >= first; origin -= step) {
      forecast(origin, horizons);
    }
  }

  private void forecast(int origin, int[] horizons) {
    int longest = Math.min(horizons[horizons.length - 1], days.length - origin);
    SpendingModel model = ModelFit.of(Arrays.copyOf(days, origin));
    SpendingPaths paths = SpendingPaths.of(model, longest, 1, PATHS);
    double[] expected = model.expected(longest);
    for (int horizon : horizons) {
      if (horizon <= longest) {
        compare(origin, horizon, expected, paths.sums(horizon));
      }
    }
    for (int day = 0; day < longest; day++) {
      dailyActual += days[origin + day];
      dailyErrors += Math.abs(expected[day] - days[origin + day]);
    }
  }

  private void compare(int origin, int horizon, double[] expected, Sample sums) {
    double truth = Arrays.stream(days, origin, origin + horizon).sum();
    double error = Arrays.stream(expected, 0, horizon).sum() - truth;
    int soFar = Math.min(origin, Math.max(1, periodDays - horizon));
    double rate = Arrays.stream(days, origin - soFar, origin).average().orElseThrow();
    forecasts++;
    actual += truth;
    errors += Math.abs(error);
    signedErrors += error;
    runRateErrors += Math.abs(rate * horizon - truth);
    in80 += isWithin(truth, sums, 0.1) ? 1 : 0;
    in95 += isWithin(truth, sums, 0.025) ? 1 : 0;
  }

  private static boolean isWithin(double truth, Sample sums, double tail) {
    double rounding = truth * ROUNDING;
    return sums.quantile(tail) - rounding <= truth && truth <= sums.quantile(1 - tail) + rounding;
  }

  private Accuracy accuracy() {
    return new Accuracy(
        forecasts,
        errors / actual,
        dailyErrors / dailyActual,
        signedErrors / actual,
        (double) in80 / forecasts,
        (double) in95 / forecasts,
        runRateErrors / actual);
  }
}
