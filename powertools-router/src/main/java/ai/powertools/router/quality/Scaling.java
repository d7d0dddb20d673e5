package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Makes counted numbers comparable: how many standard deviations each is from the mean of the
 * training, no more than {@link #MOST} either way. A number that never varied counts 0 as long as
 * it stays so.
 */
final class Scaling {
  /** Beyond, far is far. */
  static final double MOST = 3;

  /** What takes part in no variance still must not be divided by 0. */
  private static final double LEAST_DEVIATION = 1e-3;

  private final float[] means;
  private final float[] deviations;

  private Scaling(float[] means, float[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  static Scaling of(List<Features.Counted> rows) {
    float[] means = new float[Features.SIZE];
    float[] deviations = new float[Features.SIZE];
    for (int f = 0; f < means.length; f++) {
      double sum = 0;
      for (Features.Counted row : rows) {
        sum += row.get(f);
      }
      double mean = sum / rows.size();
      double squares = 0;
      for (Features.Counted row : rows) {
        squares += (row.get(f) - mean) * (row.get(f) - mean);
      }
      means[f] = (float) mean;
      deviations[f] = (float) Math.max(LEAST_DEVIATION, Math.sqrt(squares / rows.size()));
    }
    return new Scaling(means, deviations);
  }

  double[] apply(Features.Counted counted) {
    double[] scaled = new double[means.length];
    for (int f = 0; f < scaled.length; f++) {
      double value = (counted.get(f) - means[f]) / deviations[f];
      scaled[f] = Math.max(-MOST, Math.min(MOST, value));
    }
    return scaled;
  }

  void write(DataOutputStream out) throws IOException {
    for (int f = 0; f < means.length; f++) {
      out.writeFloat(means[f]);
      out.writeFloat(deviations[f]);
    }
  }

  static Scaling read(DataInputStream in) throws IOException {
    float[] means = new float[Features.SIZE];
    float[] deviations = new float[Features.SIZE];
    for (int f = 0; f < means.length; f++) {
      means[f] = ModelFormat.number(in);
      deviations[f] = ModelFormat.number(in);
      if (deviations[f] <= 0) {
        throw new IOException("it has a deviation of " + deviations[f]);
      }
    }
    return new Scaling(means, deviations);
  }
}
