package ai.powertools.ratelimit;

import java.util.Iterator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Those of one tenant who wait in a lane, as they came. Not safe for use by several threads. */
final class Flow {
  /** When its first one starts, on the virtual clock of the lane. */
  double start;

  private final NavigableMap<Long, Waiter> waiters = new TreeMap<>();
  private double length;

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  Waiter first() {
    return waiters.firstEntry().getValue();
  }

  Iterator<Waiter> iterator() {
    return waiters.values().iterator();
  }

  void add(Waiter waiter) {
    waiters.put(waiter.sequence, waiter);
    length += waiter.turn();
  }

  /** False if it is not here. */
  boolean remove(Waiter waiter) {
    if (!waiters.remove(waiter.sequence, waiter)) {
      return false;
    }
    length = isEmpty() ? 0 : length - waiter.turn();
    return true;
  }

  /** When its last one starts, if nobody comes or goes. */
  double lastStart() {
    return start + length - waiters.lastEntry().getValue().turn();
  }

  /** When one would start that came now. */
  double nextStart(double now) {
    return isEmpty() ? Math.max(start, now) : start + length;
  }
}
