package ai.powertools.cost;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long calls took, as counts of classes that grow by a twentieth each: every percentile is
 * within 2.5 % of the truth. Immutable.
 *
 * <p>The classes are those of DDSketch with a relative accuracy of 0.025 (Masson, Rim, Lee:
 * DDSketch, VLDB 2019): class <i>i</i> holds what is above γ<sup>i-1</sup> and up to γ<sup>i</sup>
 * milliseconds, with γ = 1.025/0.975.
 */
public final class Latencies {
  /** No call was timed. */
  public static final Latencies NONE = new Latencies(new TreeMap<>());

  private static final double ACCURACY = 0.025;
  private static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
  private static final double LOG_GAMMA = Math.log(GAMMA);
  private static final double NANOS_PER_MILLI = 1e6;

  private final SortedMap<Integer, Long> counts;

  private Latencies(SortedMap<Integer, Long> counts) {
    this.counts = counts;
  }

  /** So many calls of each class. */
  static Latencies of(Map<Integer, Long> counts) {
    TreeMap<Integer, Long> copy = new TreeMap<>(counts);
    copy.values().removeIf(count -> count == 0);
    return copy.isEmpty() ? NONE : new Latencies(copy);
  }

  /** Classes with their counts, as in {@code 140:3 142:1}. */
  static Latencies parse(String text) {
    Map<Integer, Long> counts = new HashMap<>();
    for (String one : text.split(" ", -1)) {
      int colon = one.indexOf(':');
      counts.put(Integer.valueOf(one.substring(0, colon)), Long.valueOf(one.substring(colon + 1)));
    }
    return of(counts);
  }

  /** The class of a latency; below a thousandth of a millisecond there is one. */
  static int bucket(Duration latency) {
    double millis = Math.max(0.001, latency.toNanos() / NANOS_PER_MILLI);
    return (int) Math.ceil(Math.log(millis) / LOG_GAMMA);
  }

  /** How many calls were timed. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The latency that such a share of the calls did not exceed; empty when none was timed.
   *
   * @param share from 0 to 1, as in 0.95
   * @throws IllegalArgumentException if it is not within
   */
  public Optional<Duration> percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is from 0 to 1, not " + share);
    }
    long rank = Math.max(1, (long) Math.ceil(share * count()));
    long below = 0;
    for (Map.Entry<Integer, Long> one : counts.entrySet()) {
      below += one.getValue();
      if (below >= rank) {
        double millis = 2 * Math.pow(GAMMA, one.getKey()) / (GAMMA + 1);
        return Optional.of(Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI)));
      }
    }
    return Optional.empty();
  }

  /** Both together. */
  public Latencies plus(Latencies other) {
    if (counts.isEmpty() || other.counts.isEmpty()) {
      return counts.isEmpty() ? other : this;
    }
    TreeMap<Integer, Long> both = new TreeMap<>(counts);
    other.counts.forEach((bucket, count) -> both.merge(bucket, count, Long::sum));
    return new Latencies(both);
  }

  /** By class. */
  Map<Integer, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** Whether as many calls are in each class. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Latencies that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  /** As in {@code 12 calls, the median 340 ms}. */
  @Override
  public String toString() {
    long all = count();
    String calls = all == 1 ? "1 call" : all + " calls";
    return percentile(0.5)
        .map(median -> calls + ", the median " + median.toMillis() + " ms")
        .orElse(calls);
  }
}
