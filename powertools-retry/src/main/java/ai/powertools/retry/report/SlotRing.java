package ai.powertools.retry.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts of the last slots of time, such as minutes since 1970. For one thread at a time. */
final class SlotRing {
  private final long[] counts;
  private long newest = Long.MIN_VALUE;

  SlotRing(int size) {
    this.counts = new long[size];
  }

  /** Counts, but for what is older than the ring is long. */
  void add(long slot, long count) {
    if (newest == Long.MIN_VALUE) {
      newest = slot;
    }
    turnTo(slot);
    if (slot > newest - counts.length) {
      counts[index(slot)] += count;
    }
  }

  void add(SlotRing other) {
    if (other.newest == Long.MIN_VALUE) {
      return;
    }
    for (long slot = other.newest - other.counts.length + 1; slot <= other.newest; slot++) {
      long count = other.counts[other.index(slot)];
      if (count > 0) {
        add(slot, count);
      }
    }
  }

  private void turnTo(long slot) {
    if (slot - newest >= counts.length) {
      Arrays.fill(counts, 0);
      newest = slot;
    }
    while (newest < slot) {
      newest++;
      counts[index(newest)] = 0;
    }
  }

  /** The counts of this many slots, at most as many as the ring has, up to this one. */
  List<Long> upTo(long slot, int slots) {
    List<Long> list = new ArrayList<>();
    for (long s = slot - Math.min(slots, counts.length) + 1; s <= slot; s++) {
      boolean known = s <= newest && s > newest - counts.length;
      list.add(known ? counts[index(s)] : 0L);
    }
    return list;
  }

  private int index(long slot) {
    return Math.floorMod(slot, counts.length);
  }
}
