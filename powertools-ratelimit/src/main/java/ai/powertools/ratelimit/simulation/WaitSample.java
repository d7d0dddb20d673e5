package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.Arrays;

/** Waits in nanoseconds, all of them, at eight bytes each. Not thread-safe. */
final class WaitSample {
  private long[] waits = new long[64];
  private int size;

  void add(long nanos) {
    if (size == waits.length) {
      waits = Arrays.copyOf(waits, size * 2);
    }
    waits[size++] = nanos;
  }

  long size() {
    return size;
  }

  WaitTimes times() {
    long[] sorted = Arrays.copyOf(waits, size);
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(0);
    return new WaitTimes(
        Duration.ofNanos(Math.round(mean)),
        percentile(sorted, 50),
        percentile(sorted, 90),
        percentile(sorted, 99),
        percentile(sorted, 100));
  }

  /** The smallest that so many percent are not above: the nearest rank. */
  private static Duration percentile(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return Duration.ZERO;
    }
    int rank = (int) (((long) sorted.length * percent + 99) / 100);
    return Duration.ofNanos(sorted[rank - 1]);
  }
}
