package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the subject of a prompt says: from its words, how likely each subject of the training is,
 * and from that how right the models are on average. Words it never saw leave it near the mean of
 * all.
 */
final class SubjectModel {
  /** How sure the guess of a subject is for a difference in the scores; found by validation. */
  private static final double SHARPNESS = 8;

  private static final int MOST_SUBJECTS = 10_000;

  private final byte[][] weights;
  private final float[] scales;
  private final float[] offsets;
  private final List<Pair> means;
  private final Pair mean;

  SubjectModel(byte[][] weights, float[] scales, float[] offsets, List<Pair> means, Pair mean) {
    this.weights = weights;
    this.scales = scales;
    this.offsets = offsets;
    this.means = means;
    this.mean = mean;
  }

  /** By how much the models are better or worse than on average. */
  Pair deviation(SparseTerms weighted) {
    double[] scores = scores(weighted);
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      highest = Math.max(highest, score);
    }
    double sum = 0;
    Pair expected = Pair.ZERO;
    for (int subject = 0; subject < scores.length; subject++) {
      double likely = StrictMath.exp(SHARPNESS * (scores[subject] - highest));
      sum += likely;
      expected = expected.plus(means.get(subject).times(likely));
    }
    return expected.times(1 / sum).minus(mean);
  }

  private double[] scores(SparseTerms terms) {
    double[] scores = new double[means.size()];
    for (int i = 0; i < terms.size(); i++) {
      byte[] ofBucket = weights[terms.bucket(i)];
      double weight = terms.weight(i);
      for (int subject = 0; subject < scores.length; subject++) {
        scores[subject] += weight * ofBucket[subject];
      }
    }
    for (int subject = 0; subject < scores.length; subject++) {
      scores[subject] = scores[subject] * scales[subject] + offsets[subject];
    }
    return scores;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(means.size());
    writePair(out, mean);
    for (int subject = 0; subject < means.size(); subject++) {
      writePair(out, means.get(subject));
      out.writeFloat(scales[subject]);
      out.writeFloat(offsets[subject]);
    }
    for (byte[] ofBucket : weights) {
      out.write(ofBucket);
    }
  }

  static SubjectModel read(DataInputStream in) throws IOException {
    int subjects = ModelFormat.count(in, 1, MOST_SUBJECTS, "subjects");
    Pair mean = readPair(in);
    List<Pair> means = new ArrayList<>();
    float[] scales = new float[subjects];
    float[] offsets = new float[subjects];
    for (int subject = 0; subject < subjects; subject++) {
      means.add(readPair(in));
      scales[subject] = ModelFormat.number(in);
      offsets[subject] = ModelFormat.number(in);
    }
    byte[][] weights = new byte[SparseTerms.BUCKETS][];
    for (int bucket = 0; bucket < SparseTerms.BUCKETS; bucket++) {
      weights[bucket] = in.readNBytes(subjects);
      if (weights[bucket].length < subjects) {
        throw new IOException("it ends too early");
      }
    }
    return new SubjectModel(weights, scales, offsets, List.copyOf(means), mean);
  }

  private static void writePair(DataOutputStream out, Pair pair) throws IOException {
    out.writeFloat((float) pair.weak());
    out.writeFloat((float) pair.strong());
  }

  private static Pair readPair(DataInputStream in) throws IOException {
    return new Pair(ModelFormat.number(in), ModelFormat.number(in));
  }
}
