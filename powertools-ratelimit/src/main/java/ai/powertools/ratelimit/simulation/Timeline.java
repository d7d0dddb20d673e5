package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of calls by the time at which they asked, in a number of slots that does not grow:
 * when the time outgrows them, two are made one. Not thread-safe.
 */
final class Timeline {
  private static final int SLOTS = 256;

  private final long[] asked = new long[SLOTS];
  private final long[] granted = new long[SLOTS];
  private final long[] refused = new long[SLOTS];
  private final long[] longest = new long[SLOTS];
  private long width = Duration.ofMillis(1).toNanos();
  private int used;

  void asked(long at) {
    asked[slot(at)]++;
  }

  void granted(long at, long wait) {
    int slot = slot(at);
    granted[slot]++;
    longest[slot] = Math.max(longest[slot], wait);
  }

  void refused(long at) {
    refused[slot(at)]++;
  }

  private int slot(long at) {
    while (at / width >= SLOTS) {
      halve();
    }
    int slot = (int) (at / width);
    used = Math.max(used, slot + 1);
    return slot;
  }

  private void halve() {
    for (int slot = 0; slot < SLOTS; slot++) {
      boolean kept = slot < SLOTS / 2;
      int first = 2 * slot;
      asked[slot] = kept ? asked[first] + asked[first + 1] : 0;
      granted[slot] = kept ? granted[first] + granted[first + 1] : 0;
      refused[slot] = kept ? refused[first] + refused[first + 1] : 0;
      longest[slot] = kept ? Math.max(longest[first], longest[first + 1]) : 0;
    }
    width *= 2;
    used = (used + 1) / 2;
  }

  List<TimeSlot> slots() {
    List<TimeSlot> slots = new ArrayList<>();
    for (int slot = 0; slot < used; slot++) {
      slots.add(
          new TimeSlot(
              Duration.ofNanos(slot * width),
              Duration.ofNanos((slot + 1) * width),
              asked[slot],
              granted[slot],
              refused[slot],
              Duration.ofNanos(longest[slot])));
    }
    return slots;
  }
}
