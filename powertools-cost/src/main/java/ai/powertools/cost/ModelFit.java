package ai.powertools.cost;

import java.util.Arrays;

/** Chooses the model of a history: the plainest one that its length and its days allow. */
final class ModelFit {
  /** Half a year: what was before says little about next month. */
  private static final int LONGEST = 182;

  /** If the day in the middle costs less than this share of the average, single days make it. */
  private static final double BURSTS = 0.3;

  private ModelFit() {}

  /** Where nothing was spent, or nothing is known. */
  static SpendingModel nothing(String method) {
    Drift none = new Drift(Smoothing.STEADY, 0, 0, 0, 0, 1);
    return new SpendingModel(WeekdayPattern.NONE, none, new double[] {0}, 0, 1, 1, method);
  }

  /** Where not one day is over, from what the first one is likely to cost. */
  static SpendingModel ofFirstDay(double rate) {
    return AverageFit.of(
        new double[] {rate}, "what today is likely to cost: no day of history is over yet");
  }

  /** Of whole consecutive days, at least one. */
  static SpendingModel of(double[] history) {
    double[] days = latest(history, LONGEST);
    double mean = Sample.of(days).mean();
    if (mean == 0) {
      return nothing("nothing was spent in " + days.length + " days");
    }
    if (days.length < WeekdayPattern.LEAST_DAYS) {
      return AverageFit.ofFew(days);
    }
    WeekdayPattern pattern = WeekdayPattern.of(days);
    boolean bursts = !pattern.isPresent() && Sample.of(days).quantile(0.5) < BURSTS * mean;
    return bursts ? AverageFit.ofBursts(days) : new SmoothedFit(days, pattern).model();
  }

  /** The last so many, or as many as there are. */
  static double[] latest(double[] days, int count) {
    return Arrays.copyOfRange(days, Math.max(0, days.length - count), days.length);
  }
}
