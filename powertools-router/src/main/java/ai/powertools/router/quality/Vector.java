package ai.powertools.router.quality;

import java.util.Arrays;

/** Numbers, gathered one after the other. Not thread-safe. */
final class Vector {
  private double[] values = new double[192];
  private int size;

  /** As they are. */
  void add(double... more) {
    for (double value : more) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
  }

  /**
   * Of counts and sizes the logarithm, {@code ln(1 + x)}: from 1 to 2 is more than from 9 to 10.
   */
  void logged(double... counts) {
    for (double count : counts) {
      add(StrictMath.log1p(count));
    }
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
