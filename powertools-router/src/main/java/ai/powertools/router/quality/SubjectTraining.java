package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns to tell subjects by their words: for each subject a ridge regression of "is it this one"
 * on the weighted terms, all solved together by conjugate gradients. Same rows, same numbers: all
 * sums are in the order of the rows.
 */
final class SubjectTraining {
  /** The penalty on weights. */
  private static final double PENALTY = 1;

  /** So few steps end near enough; fewer also means less learned by heart. */
  private static final int STEPS = 15;

  /** So many rows of the mean of all are added to each subject's own. */
  private static final double PRIOR_ROWS = 20;

  private final List<SparseTerms> rows;
  private final int[] subjectOf;
  private final int subjects;
  private final double[] shares;

  private SubjectTraining(List<SparseTerms> rows, int[] subjectOf, int subjects) {
    this.rows = rows;
    this.subjectOf = subjectOf;
    this.subjects = subjects;
    shares = new double[subjects];
    for (int subject : subjectOf) {
      shares[subject] += 1.0 / rows.size();
    }
  }

  /**
   * @param weighted the weighted terms of each row
   */
  static SubjectModel train(List<Outcome> outcomes, List<SparseTerms> weighted) {
    Map<String, List<Outcome>> bySubject = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      bySubject.computeIfAbsent(name(outcome), key -> new ArrayList<>()).add(outcome);
    }
    List<String> names = List.copyOf(bySubject.keySet());
    Pair mean = Pair.mean(outcomes);
    List<Pair> means = new ArrayList<>();
    for (List<Outcome> rows : bySubject.values()) {
      means.add(
          Pair.mean(rows)
              .times(rows.size())
              .plus(mean.times(PRIOR_ROWS))
              .times(1 / (rows.size() + PRIOR_ROWS)));
    }
    SubjectTraining training =
        new SubjectTraining(
            weighted,
            outcomes.stream().mapToInt(outcome -> names.indexOf(name(outcome))).toArray(),
            names.size());
    return training.rounded(training.solve(), means, mean);
  }

  private static String name(Outcome outcome) {
    return outcome.set() + '\n' + outcome.subject();
  }

  /** Weights by bucket and subject. */
  private double[][] solve() {
    double[][] weights = new double[SparseTerms.BUCKETS][subjects];
    double[][] residual = target();
    double[][] direction = new double[SparseTerms.BUCKETS][];
    for (int bucket = 0; bucket < direction.length; bucket++) {
      direction[bucket] = residual[bucket].clone();
    }
    double[] squares = products(residual, residual);
    for (int step = 0; step < STEPS; step++) {
      double[][] image = image(direction);
      double[] lengths = products(direction, image);
      double[] before = squares;
      for (int bucket = 0; bucket < weights.length; bucket++) {
        for (int s = 0; s < subjects; s++) {
          double pace = lengths[s] > 0 ? before[s] / lengths[s] : 0;
          weights[bucket][s] += pace * direction[bucket][s];
          residual[bucket][s] -= pace * image[bucket][s];
        }
      }
      squares = products(residual, residual);
      for (int bucket = 0; bucket < weights.length; bucket++) {
        for (int s = 0; s < subjects; s++) {
          double keep = before[s] > 0 ? squares[s] / before[s] : 0;
          direction[bucket][s] = residual[bucket][s] + keep * direction[bucket][s];
        }
      }
    }
    return weights;
  }

  private double[][] target() {
    double[][] target = new double[SparseTerms.BUCKETS][subjects];
    for (int row = 0; row < rows.size(); row++) {
      SparseTerms terms = rows.get(row);
      for (int i = 0; i < terms.size(); i++) {
        double[] ofBucket = target[terms.bucket(i)];
        double weight = terms.weight(i);
        for (int s = 0; s < subjects; s++) {
          ofBucket[s] += weight * ((subjectOf[row] == s ? 1 : 0) - shares[s]);
        }
      }
    }
    return target;
  }

  /** Of each direction d, {@code (XᵀX + penalty) d}. */
  private double[][] image(double[][] direction) {
    double[][] image = new double[SparseTerms.BUCKETS][subjects];
    for (int bucket = 0; bucket < image.length; bucket++) {
      for (int s = 0; s < subjects; s++) {
        image[bucket][s] = PENALTY * direction[bucket][s];
      }
    }
    for (SparseTerms terms : rows) {
      double[] scores = new double[subjects];
      for (int i = 0; i < terms.size(); i++) {
        double[] ofBucket = direction[terms.bucket(i)];
        double weight = terms.weight(i);
        for (int s = 0; s < subjects; s++) {
          scores[s] += weight * ofBucket[s];
        }
      }
      for (int i = 0; i < terms.size(); i++) {
        double[] ofBucket = image[terms.bucket(i)];
        double weight = terms.weight(i);
        for (int s = 0; s < subjects; s++) {
          ofBucket[s] += weight * scores[s];
        }
      }
    }
    return image;
  }

  private double[] products(double[][] some, double[][] others) {
    double[] products = new double[subjects];
    for (int bucket = 0; bucket < some.length; bucket++) {
      for (int s = 0; s < subjects; s++) {
        products[s] += some[bucket][s] * others[bucket][s];
      }
    }
    return products;
  }

  /** A byte a weight is enough, and makes the file small. */
  private SubjectModel rounded(double[][] solved, List<Pair> means, Pair mean) {
    float[] scales = new float[subjects];
    for (double[] ofBucket : solved) {
      for (int s = 0; s < subjects; s++) {
        scales[s] = Math.max(scales[s], (float) (Math.abs(ofBucket[s]) / Byte.MAX_VALUE));
      }
    }
    byte[][] weights = new byte[solved.length][subjects];
    float[] offsets = new float[subjects];
    for (int s = 0; s < subjects; s++) {
      offsets[s] = (float) shares[s];
      for (int bucket = 0; bucket < solved.length && scales[s] > 0; bucket++) {
        weights[bucket][s] = (byte) Math.rint(solved[bucket][s] / scales[s]);
      }
    }
    return new SubjectModel(weights, scales, offsets, List.copyOf(means), mean);
  }
}
