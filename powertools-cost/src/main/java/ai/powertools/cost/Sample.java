package ai.powertools.cost;

import java.util.Arrays;

/** Numbers in their order, for what lies in the middle and at the edges. */
final class Sample {
  private final double[] sorted;

  private Sample(double[] sorted) {
    this.sorted = sorted;
  }

  /** At least one number; the array is left as it is. */
  static Sample of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  /** The signs left out. */
  static Sample ofSizes(double[] numbers) {
    return of(Arrays.stream(numbers).map(Math::abs).toArray());
  }

  /** What such a share does not exceed, between two numbers in proportion. */
  double quantile(double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The average, but for the lowest and the highest quarter: a few wild ones do not move it. */
  double middleMean() {
    int cut = sorted.length / 4;
    return Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
  }

  double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }
}
