package ai.powertools.cost;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Many ways in which the days to come may go. The same model gives the same ones. */
final class SpendingPaths {
  private static final long SEED = 20261126;

  private final double[][] sums;

  private SpendingPaths(double[][] sums) {
    this.sums = sums;
  }

  /**
   * @param firstShare the share of the first day that is still to come
   */
  static SpendingPaths of(SpendingModel model, int days, double firstShare, int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] sums = new double[days][count];
    for (int i = 0; i < count; i++) {
      double[] path = model.path(days, random);
      path[0] *= firstShare;
      double sum = 0;
      for (int day = 0; day < days; day++) {
        sum += path[day];
        sums[day][i] = sum;
      }
    }
    return new SpendingPaths(sums);
  }

  /** What the first so many days cost together. */
  Sample sums(int days) {
    return Sample.of(sums[days - 1]);
  }

  /** What one day costs. */
  Sample day(int day) {
    double[] amounts = sums[day].clone();
    if (day > 0) {
      Arrays.setAll(amounts, i -> amounts[i] - sums[day - 1][i]);
    }
    return Sample.of(amounts);
  }

  /** The share of them that have cost so much by the end of that day. */
  double shareAbove(double amount, int day) {
    return (double) Arrays.stream(sums[day]).filter(sum -> sum >= amount).count()
        / sums[day].length;
  }
}
