package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * 0 up to one value, 1 from another on, a straight line between.
 *
 * @param low where it begins to rise
 * @param high where it has risen; above {@code low}
 */
record Ramp(float low, float high) {
  /** The share of the training below which a value counts 0. */
  private static final double NONE = 0.002;

  /** The share of the training from which on a value counts 1. */
  private static final double FULL = 0.1;

  private static final float LEAST_RISE = 1e-6f;

  /** By where the least of some values lie; at least one value. */
  static Ramp over(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    float low = (float) sorted[(int) (NONE * sorted.length)];
    float high = (float) sorted[(int) (FULL * sorted.length)];
    return new Ramp(Math.min(low, high - LEAST_RISE * (1 + Math.abs(high))), high);
  }

  double share(double value) {
    return Math.max(0, Math.min(1, (value - low) / (high - low)));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeFloat(low);
    out.writeFloat(high);
  }

  static Ramp read(DataInputStream in) throws IOException {
    Ramp ramp = new Ramp(ModelFormat.number(in), ModelFormat.number(in));
    if (ramp.high() <= ramp.low()) {
      throw new IOException("it has a ramp from %s to %s".formatted(ramp.low(), ramp.high()));
    }
    return ramp;
  }
}
