package ai.powertools.router.quality;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What is won by sending more and more rows to the strong model, those first that are said to gain
 * the most.
 *
 * <p>Rows are sorted by a score, the highest first. After the first k of n rows, {@code x = k/n} is
 * the share of calls that the strong model gets, and {@code y} is the share of the gap that is
 * recovered: (accuracy with the first k from the strong model and the rest from the weak one, less
 * that of the weak model alone) / (accuracy of the strong model alone, less that of the weak one).
 * These are the measures of Ong et al. 2024, "RouteLLM: Learning to Route LLMs with Preference
 * Data".
 *
 * <p>Rows with the same score have no order: of such a group, a part counts as what it is on
 * average over all orders, a straight line. So nothing depends on the order of a file.
 *
 * <p>Immutable and thread-safe.
 */
public final class DeferralCurve {
  private static final double ROUNDING = 1e-9;

  private final int[] order;
  private final int[] groupEnd;
  private final double[] gains;
  private final int weakRight;
  private final int strongRight;

  private DeferralCurve(int[] order, int[] groupEnd, List<Outcome> outcomes) {
    this.order = order;
    this.groupEnd = groupEnd;
    weakRight = (int) outcomes.stream().filter(Outcome::weak).count();
    strongRight = (int) outcomes.stream().filter(Outcome::strong).count();
    gains = sums(outcomes.stream().mapToDouble(Outcome::gain).toArray());
  }

  /**
   * The curve of rows by a score.
   *
   * @param outcomes the rows, at least one
   * @param scores one for each row, such as {@link Prediction#gain()}; the higher, the sooner the
   *     row is sent to the strong model
   * @throws IllegalArgumentException if there is no row, or not one score a row
   */
  public static DeferralCurve of(List<Outcome> outcomes, double[] scores) {
    if (outcomes.isEmpty() || outcomes.size() != scores.length) {
      throw new IllegalArgumentException(
          "A curve needs one score a row and at least one row, not %d scores for %d rows."
              .formatted(scores.length, outcomes.size()));
    }
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] groupEnd = new int[order.length];
    int end = order.length;
    for (int i = order.length - 1; i >= 0; i--) {
      if (i + 1 < order.length && scores[order[i]] != scores[order[i + 1]]) {
        end = i + 1;
      }
      groupEnd[i] = end;
    }
    return new DeferralCurve(order, groupEnd, outcomes);
  }

  /** The best curve there can be: rows by what the strong model really adds. */
  public static DeferralCurve oracle(List<Outcome> outcomes) {
    return of(outcomes, outcomes.stream().mapToDouble(Outcome::gain).toArray());
  }

  /** The curve of a choice at random: a straight line. */
  public static DeferralCurve random(List<Outcome> outcomes) {
    return of(outcomes, new double[outcomes.size()]);
  }

  /** The number of rows. */
  public int rows() {
    return order.length;
  }

  /** The share of rows that the weak model answers right. */
  public double weakAccuracy() {
    return (double) weakRight / rows();
  }

  /** The share of rows that the strong model answers right. */
  public double strongAccuracy() {
    return (double) strongRight / rows();
  }

  /** The share of rows answered right when the first so many go to the strong model. */
  public double accuracy(int strongCalls) {
    return (weakRight + gains[strongCalls]) / rows();
  }

  /**
   * The area under the curve, by the trapezoid rule over all k: 0.5 for a choice at random. Empty
   * where the strong model is not better than the weak one, so that there is no gap to recover.
   */
  public OptionalDouble apgr() {
    if (strongRight <= weakRight) {
      return OptionalDouble.empty();
    }
    double area = 0;
    for (int k = 0; k < rows(); k++) {
      area += (gains[k] + gains[k + 1]) / 2;
    }
    return OptionalDouble.of(area / rows() / (strongRight - weakRight));
  }

  /**
   * The least percentage of calls to the strong model that recovers a share of the gap. Empty where
   * there is no gap.
   *
   * @param share from 0 to 1; 0.5 for CPT50
   */
  public OptionalDouble callsToRecover(double share) {
    if (strongRight <= weakRight) {
      return OptionalDouble.empty();
    }
    double wanted = share * (strongRight - weakRight) - ROUNDING;
    int k = 0;
    while (k < rows() && gains[k] < wanted) {
      k++;
    }
    return OptionalDouble.of(100.0 * k / rows());
  }

  /** The fewest calls to the strong model with which so large a share is right; all, if none. */
  public int callsForAccuracy(double accuracy) {
    int k = 0;
    while (k < rows() && accuracy(k) < accuracy - ROUNDING) {
      k++;
    }
    return k;
  }

  /**
   * For each k from 0 to the number of rows, the sum of a value over the first k rows.
   *
   * @param values one a row, in the order in which the rows were given
   * @throws IllegalArgumentException if there is not one value a row
   */
  public double[] sums(double[] values) {
    if (values.length != order.length) {
      throw new IllegalArgumentException(
          "There must be one value a row, not %d for %d rows."
              .formatted(values.length, order.length));
    }
    double[] sums = new double[order.length + 1];
    int start = 0;
    while (start < order.length) {
      int end = groupEnd[start];
      double total =
          Arrays.stream(order, start, end).mapToDouble(row -> values[row]).reduce(0, Double::sum);
      for (int i = start; i < end; i++) {
        sums[i + 1] = sums[start] + total * (i + 1 - start) / (end - start);
      }
      start = end;
    }
    return sums;
  }
}
