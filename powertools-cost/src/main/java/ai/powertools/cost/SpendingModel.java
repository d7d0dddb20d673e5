package ai.powertools.cost;

import java.util.SplittableRandom;

/** What a history of daily costs says about the days to come: an average, and how they differ. */
final class SpendingModel {
  /** An average of few days may be four times too low, but is not taken to be more. */
  private static final double MOST_BELOW = -0.75;

  /** With fewer days than this nothing is known of a trend, and no more is made of that. */
  private static final int LEAST_FOR_TREND = 14;

  /** Days of spending are not: one like the last is likelier than another. */
  private static final double NOT_INDEPENDENT = 2;

  private final WeekdayPattern pattern;
  private final Drift now;
  private final double[] errors;
  private final double spikes;
  private final int daysInLevel;
  private final double trendDoubt;
  private final String method;

  /**
   * @param pattern of the week
   * @param now where spending stands before the first day to come
   * @param errors by what the days to come may differ, in the units of {@link Drift}
   * @param spikes what a day costs more because of spikes, on average and in the same units
   * @param daysInLevel of how many days the level is an average: the fewer, the more it may be off
   * @param history how many days there were
   * @param method what was done, for people
   */
  SpendingModel(
      WeekdayPattern pattern,
      Drift now,
      double[] errors,
      double spikes,
      int daysInLevel,
      int history,
      String method) {
    this.pattern = pattern;
    this.now = now;
    this.errors = errors;
    this.spikes = spikes;
    this.daysInLevel = daysInLevel;
    this.method = method;
    // The standard error of a slope over n days is that of one day times the root of 12 / n³, if
    // days are independent of each other.
    double days = Math.max(history, LEAST_FOR_TREND);
    this.trendDoubt = NOT_INDEPENDENT * Math.sqrt(12 * daysInLevel / (days * days * days));
  }

  String method() {
    return method;
  }

  /** What each of the days to come costs on average. */
  double[] expected(int days) {
    double[] expected = new double[days];
    Drift drift = now.at(now.level(), now.trend());
    for (int day = 0; day < days; day++) {
      double factor = pattern.factor(day);
      expected[day] = Math.max(0, drift.expected(factor) + spikes * drift.unit(factor));
      drift.pass();
    }
    return expected;
  }

  /** What each of the days to come may cost, once: level and trend may be off, and days differ. */
  double[] path(int days, SplittableRandom random) {
    double[] path = new double[days];
    double level = now.level() / (1 + Math.max(MOST_BELOW, averageError(random)));
    double trend = now.trend() + averageError(random) * trendDoubt * now.unit(1);
    Drift drift = now.at(level, trend);
    for (int day = 0; day < days; day++) {
      double factor = pattern.factor(day);
      double error = errors[random.nextInt(errors.length)];
      path[day] = Math.max(0, drift.expected(factor) + error * drift.unit(factor));
      drift.see(path[day], factor);
    }
    return path;
  }

  private double averageError(SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < daysInLevel; i++) {
      sum += errors[random.nextInt(errors.length)];
    }
    return sum / daysInLevel;
  }
}
