package ai.powertools.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Times that were taken by one thread. Not safe for several. */
final class Samples {
  private long[] nanos = new long[1024];
  private int size;

  /** One more. */
  void add(long time) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** Those of several threads together. */
  static Samples of(List<Samples> threads) {
    Samples all = new Samples();
    threads.forEach(one -> Arrays.stream(one.nanos, 0, one.size).forEach(all::add));
    return all;
  }

  /**
   * What such a share of them did not exceed, in microseconds; NaN of none.
   *
   * @param share above 0 and up to 1
   */
  double micros(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)] / 1e3;
  }
}
