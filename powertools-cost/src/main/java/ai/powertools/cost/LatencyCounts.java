package ai.powertools.cost;

import java.util.HashMap;
import java.util.Map;

/** Counts of latencies being added up: one number a class, from the lowest to the highest seen. */
final class LatencyCounts {
  /** Room for classes that are still to come, on either side. */
  private static final int MARGIN = 16;

  private long[] counts = {};
  private int lowest;

  void add(Latencies latencies) {
    latencies.counts().forEach(this::add);
  }

  private void add(Integer bucket, Long count) {
    int at = bucket - lowest;
    if (at < 0 || at >= counts.length) {
      makeRoomFor(bucket);
      at = bucket - lowest;
    }
    counts[at] += count;
  }

  private void makeRoomFor(int bucket) {
    boolean empty = counts.length == 0;
    int from = empty ? bucket - MARGIN : Math.min(lowest, bucket - MARGIN);
    int to = empty ? bucket + MARGIN : Math.max(lowest + counts.length, bucket + MARGIN);
    long[] wider = new long[to - from];
    System.arraycopy(counts, 0, wider, empty ? 0 : lowest - from, counts.length);
    counts = wider;
    lowest = from;
  }

  Latencies sum() {
    Map<Integer, Long> sums = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sums.put(lowest + i, counts[i]);
      }
    }
    return Latencies.of(sums);
  }
}
