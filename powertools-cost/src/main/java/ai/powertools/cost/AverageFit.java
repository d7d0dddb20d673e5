package ai.powertools.cost;

/** Plain averages, where there are too few days for more, or days of no regularity. */
final class AverageFit {
  private static final int WEEK = 7;

  /** Errors are measured in at least this share of an average day. */
  private static final double FLOOR = 0.05;

  /** How the days of one application commonly differ from their average. */
  private static final double[] COMMON = {-0.8, -0.5, -0.25, 0, 0.25, 0.5, 0.8};

  /** As how many days of its own the common errors count. */
  private static final int COMMON_WEIGHT = 3;

  private AverageFit() {}

  /** Of a few days; of the last seven where there are as many, each weekday once. */
  static SpendingModel ofFew(double[] days) {
    double[] week = ModelFit.latest(days, WEEK);
    boolean byWeek = days.length > WEEK && Sample.of(week).mean() > 0;
    String which =
        byWeek
            ? "the last 7 of " + days.length + " days"
            : days.length == 1 ? "1 day" : days.length + " days";
    return of(
        byWeek ? week : days, "average of " + which + ": too little history for a weekday pattern");
  }

  /** Of days that mostly cost little, and some of them much. */
  static SpendingModel ofBursts(double[] days) {
    return of(
        days, "average of " + days.length + " days: spending comes in bursts, on any weekday");
  }

  /** Of all of these, which are not all nothing. */
  static SpendingModel of(double[] days, String method) {
    int count = days.length;
    double mean = Sample.of(days).mean();
    double inflation = Math.sqrt((double) count / Math.max(1, count - 1));
    double[] errors = new double[COMMON.length * (count + COMMON_WEIGHT)];
    for (int i = 0; i < errors.length; i++) {
      int day = i / COMMON.length;
      errors[i] = day < count ? (days[day] / mean - 1) * inflation : COMMON[i % COMMON.length];
    }
    Drift now =
        new Drift(Smoothing.STEADY, mean, 0, FLOOR * mean, SmoothedFit.limit(errors), count);
    return new SpendingModel(WeekdayPattern.NONE, now, errors, 0, count, count, method);
  }
}
