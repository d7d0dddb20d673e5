package ai.powertools.retry;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the last answers took. Safe for use by many threads. */
final class Latencies {
  static final int KEPT = 128;
  static final int NEEDED = 20;

  private final long[] nanos = new long[KEPT];
  private long count;

  synchronized void add(long took) {
    nanos[(int) (count % KEPT)] = took;
    count++;
  }

  /** The latency that this share of the last answers did not exceed; empty while there are few. */
  Optional<Duration> percentile(double share) {
    long[] sorted;
    synchronized (this) {
      if (count < NEEDED) {
        return Optional.empty();
      }
      sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
    }
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return Optional.of(Duration.ofNanos(sorted[Math.max(1, rank) - 1]));
  }
}
