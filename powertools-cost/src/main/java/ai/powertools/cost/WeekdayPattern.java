package ai.powertools.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much of an average day each day of the week costs: seven factors that are 1 on average. Days
 * are counted from the first one that is to come; those of the past are negative.
 *
 * <p>A factor is the middle mean of the day's share in the week around it. What may be chance is
 * taken off: factors shrink towards 1 by the share of their variance that noise explains (James and
 * Stein), so that days without a pattern get none.
 */
final class WeekdayPattern {
  /** Every day alike. */
  static final WeekdayPattern NONE = new WeekdayPattern(new double[] {1, 1, 1, 1, 1, 1, 1}, 0);

  /** Days that it takes to see one: two of every weekday. */
  static final int LEAST_DAYS = 14;

  private static final int WEEK = 7;
  private static final int HALF_WEEK = 3;

  /** Below this, what looks like a pattern is more chance than not. */
  private static final double LEAST_STRENGTH = 0.6;

  /** If middle means make up less of a week than this, single days do, of any weekday. */
  private static final double LEAST_REGULAR = 0.5;

  /** A middle mean varies by chance that much more than a mean, with errors of common shapes. */
  private static final double MIDDLE_FOR_MEAN = 1.5;

  /** A smaller variance is what doubles leave of none. */
  private static final double ROUNDING = 1e-18;

  /** Of the normal distribution: nine errors in ten are smaller than so many deviations. */
  private static final double NINE_IN_TEN = 1.645;

  private final double[] factors;
  private final double strength;

  private WeekdayPattern(double[] factors, double strength) {
    this.factors = factors;
    this.strength = strength;
  }

  /** Of these consecutive days, the last of which is day -1. */
  static WeekdayPattern of(double[] days) {
    if (days.length < LEAST_DAYS) {
      return NONE;
    }
    List<double[]> shares = sharesByWeekday(days);
    if (shares.stream().anyMatch(ofDay -> ofDay.length < 2)) {
      return NONE;
    }
    double[] middles =
        shares.stream().mapToDouble(ofDay -> Sample.of(ofDay).middleMean()).toArray();
    double regular = Arrays.stream(middles).average().orElseThrow();
    if (regular < LEAST_REGULAR) {
      return NONE;
    }
    double spread =
        Arrays.stream(middles).map(m -> (m - regular) * (m - regular)).sum() / (WEEK - 1);
    double noise = noise(shares, middles);
    double strength = spread < ROUNDING ? 0 : Math.max(0, 1 - noise / spread);
    if (strength < LEAST_STRENGTH) {
      return NONE;
    }
    return new WeekdayPattern(
        Arrays.stream(middles).map(m -> 1 + (m / regular - 1) * strength).toArray(), strength);
  }

  /** The factor of a day. */
  double factor(int day) {
    return factors[Math.floorMod(day, WEEK)];
  }

  boolean isPresent() {
    return strength > 0;
  }

  /** How many numbers were taken from the history to know it. */
  double parameters() {
    return strength * (WEEK - 1);
  }

  private static List<double[]> sharesByWeekday(double[] days) {
    List<List<Double>> shares = new ArrayList<>();
    for (int i = 0; i < WEEK; i++) {
      shares.add(new ArrayList<>());
    }
    for (int i = 0; i < days.length; i++) {
      int from = Math.max(0, Math.min(i - HALF_WEEK, days.length - WEEK));
      double week = Arrays.stream(days, from, from + WEEK).sum();
      if (week > 0) {
        shares.get(Math.floorMod(i - days.length, WEEK)).add(days[i] * WEEK / week);
      }
    }
    return shares.stream()
        .map(ofDay -> ofDay.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  /** The variance that the factors have by chance; the wildest tenth of the days is left out. */
  private static double noise(List<double[]> shares, double[] middles) {
    double[] errors = new double[shares.stream().mapToInt(ofDay -> ofDay.length).sum()];
    int filled = 0;
    for (int i = 0; i < WEEK; i++) {
      for (double share : shares.get(i)) {
        errors[filled++] = share - middles[i];
      }
    }
    double weeks = (double) errors.length / WEEK;
    double deviation = Sample.ofSizes(errors).quantile(0.9) / NINE_IN_TEN;
    return MIDDLE_FOR_MEAN * deviation * deviation / Math.max(1, weeks - 1);
  }
}
