package ai.powertools.ratelimit.shared;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A sliding window, counted in slots: all that was taken in one slot leaves the window when the
 * last of it does, so that no window ever has more than the amount, and a part of it comes back
 * late by up to one slot.
 */
final class WindowLevel implements Level {
  private final Deque<Slot> slots = new ArrayDeque<>();
  private long used;

  /** The highest stamp of what has left the window. */
  private long gone;

  WindowLevel(long gone) {
    this.gone = gone;
  }

  /** What was taken in one slot; the stamp and the time are those of its last grant. */
  private static final class Slot {
    long stamp;
    long at;
    long count;
  }

  @Override
  public void refill(ExactLimit limit, long to) {
    while (!slots.isEmpty() && slots.getFirst().at + limit.window() <= to) {
      Slot oldest = slots.removeFirst();
      used -= oldest.count;
      gone = oldest.stamp;
    }
  }

  @Override
  public long microsUntil(ExactLimit limit, long wanted, long from) {
    long missing = wanted - available(limit);
    long wait = 0;
    for (Iterator<Slot> oldest = slots.iterator(); missing > 0 && oldest.hasNext(); ) {
      Slot slot = oldest.next();
      missing -= slot.count;
      wait = Math.max(0, slot.at + limit.window() - from);
    }
    return wait;
  }

  @Override
  public long available(ExactLimit limit) {
    return limit.most() - used;
  }

  @Override
  public void take(ExactLimit limit, long count, long stamp, long at) {
    Slot slot = slots.peekLast();
    if (slot == null || slot.at / limit.slot() != at / limit.slot()) {
      slot = new Slot();
      slots.addLast(slot);
    }
    slot.stamp = stamp;
    slot.at = at;
    slot.count += count;
    used += count;
  }

  /** Its slot is the first that is not older, unless it has left the window. */
  @Override
  public void giveBack(ExactLimit limit, long count, long stamp) {
    for (Slot slot : slots) {
      if (stamp > gone && slot.stamp >= stamp) {
        long given = Math.min(count, slot.count);
        slot.count -= given;
        used -= given;
        return;
      }
    }
  }

  @Override
  public void shift(long back) {
    slots.forEach(slot -> slot.at -= back);
  }
}
