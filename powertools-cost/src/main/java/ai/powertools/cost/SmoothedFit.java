package ai.powertools.cost;

import java.util.Arrays;

/**
 * Fits a level, and a damped trend where it pays, to days with or without a weekday pattern: of all
 * {@link Smoothing#CHOICES} the one whose forecasts from each day to the next were the best.
 */
final class SmoothedFit {
  private static final int WEEK = 7;

  /** Errors to come are those of the last twelve weeks. */
  private static final int RECENT = 84;

  /** Errors are measured in at least this share of an average day. */
  private static final double FLOOR = 0.05;

  /** The level starts as the average of a week, and that counts as so many days. */
  private static final int START_DAYS = 3;

  /** Three deviations are a spike; a deviation is 1.4826 times the median of normal errors. */
  private static final double SPIKE = 3 * 1.4826;

  /** Where most errors are nothing, so is their median, and half of their average has to do. */
  private static final double MEAN_FOR_MEDIAN = 0.337;

  /** Fewer spikes than this are mishaps, and not a part of what days cost on average. */
  private static final int LEAST_SPIKES = 3;

  /** What one choice must be better by: less is rounding. */
  private static final double BETTER = 1 - 1e-6;

  private final double[] days;
  private final WeekdayPattern pattern;
  private final double start;
  private final double floor;
  private final double[] errors;
  private final double limit;

  /** Of at least two weeks, which are not all nothing. */
  SmoothedFit(double[] days, WeekdayPattern pattern) {
    this.days = days;
    this.pattern = pattern;
    this.start = Arrays.stream(days, 0, WEEK).average().orElseThrow();
    this.floor = FLOOR * Sample.of(days).mean();
    this.errors = new double[days.length];
    run(Smoothing.STEADY, Double.POSITIVE_INFINITY);
    this.limit = limit(errors);
  }

  /** The size beyond which an error is a spike. */
  static double limit(double[] errors) {
    Sample sizes = Sample.ofSizes(errors);
    double limit = SPIKE * Math.max(sizes.quantile(0.5), MEAN_FOR_MEDIAN * sizes.mean());
    return limit == 0 ? Double.POSITIVE_INFINITY : limit;
  }

  SpendingModel model() {
    Smoothing best = best();
    Drift now = run(best, limit);
    double[] recent = ModelFit.latest(errors, Math.min(RECENT, errors.length - WEEK));
    double[] clipped = Arrays.stream(recent).map(this::clipped).toArray();
    double middle = Sample.of(clipped).mean();
    long spikes = Arrays.stream(recent).filter(error -> Math.abs(error) > limit).count();
    double inflation = Math.sqrt(days.length / (days.length - 1 - pattern.parameters()));
    return new SpendingModel(
        pattern,
        now,
        Arrays.stream(recent).map(error -> (error - middle) * inflation).toArray(),
        spikes < LEAST_SPIKES ? 0 : (Sample.of(recent).mean() - middle) * inflation,
        (int) Math.min(days.length, Math.round(best.daysInLevel())),
        days.length,
        method(best));
  }

  private Smoothing best() {
    Smoothing best = Smoothing.STEADY;
    double least = Double.POSITIVE_INFINITY;
    for (Smoothing choice : Smoothing.CHOICES) {
      run(choice, limit);
      // What follows every day, noise with it, has to earn its keep (after Akaike's criterion).
      double loss = loss() * Math.exp(2 * choice.freedom() / (days.length - WEEK));
      if (loss < least * BETTER) {
        least = loss;
        best = choice;
      }
    }
    return best;
  }

  private double loss() {
    double loss = 0;
    for (int i = WEEK; i < errors.length; i++) {
      double error = clipped(errors[i]);
      loss += error * error;
    }
    return loss;
  }

  private Drift run(Smoothing smoothing, double spike) {
    Drift drift = new Drift(smoothing, start, 0, floor, spike, START_DAYS);
    for (int i = 0; i < days.length; i++) {
      errors[i] = drift.see(days[i], pattern.factor(i - days.length));
    }
    return drift;
  }

  private double clipped(double error) {
    return Math.max(-limit, Math.min(limit, error));
  }

  private String method(Smoothing smoothing) {
    return "%s %s over %d days"
        .formatted(
            pattern.isPresent() ? "weekday pattern and" : "no weekday pattern,",
            smoothing.hasTrend() ? "damped trend" : "smoothed level",
            days.length);
  }
}
