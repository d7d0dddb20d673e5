package ai.powertools.ratelimit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The permits that are out, in the order in which they were given, and when their leases end.
 * Guarded by the gate's guard.
 */
final class InFlight {
  private final long lease;
  private @Nullable Permit first;
  private @Nullable Permit last;
  private int size;
  private long nextEnd = Level.NEVER;

  /**
   * @param lease how long a permit lasts without being renewed, in nanoseconds; {@link Level#NEVER}
   *     for good
   */
  InFlight(long lease) {
    this.lease = lease;
  }

  int size() {
    return size;
  }

  /** The number of the oldest; {@code otherwise} when none is out. */
  long oldest(long otherwise) {
    return first == null ? otherwise : first.number;
  }

  /** A moment before which no lease ends. */
  long nextEnd() {
    return size == 0 ? Level.NEVER : nextEnd;
  }

  void add(Permit permit, long now) {
    permit.older = last;
    if (last == null) {
      first = permit;
    } else {
      last.newer = permit;
    }
    last = permit;
    permit.out = true;
    size++;
    renew(permit, now);
  }

  void renew(Permit permit, long now) {
    permit.leaseEnd = lease == Level.NEVER ? Level.NEVER : now + lease;
    nextEnd = Math.min(nextEnd, permit.leaseEnd);
  }

  /** False if it was not out. */
  boolean remove(Permit permit) {
    if (!permit.out) {
      return false;
    }
    permit.out = false;
    if (permit.older == null) {
      first = permit.newer;
    } else {
      permit.older.newer = permit.newer;
    }
    if (permit.newer == null) {
      last = permit.older;
    } else {
      permit.newer.older = permit.older;
    }
    permit.older = null;
    permit.newer = null;
    size--;
    if (size == 0) {
      nextEnd = Level.NEVER;
    }
    return true;
  }

  /** Those whose lease has ended; they are still out. */
  List<Permit> ended(long now) {
    if (now < nextEnd || size == 0) {
      return List.of();
    }
    List<Permit> ended = new ArrayList<>();
    nextEnd = Level.NEVER;
    for (Permit permit = first; permit != null; permit = permit.newer) {
      if (permit.leaseEnd <= now) {
        ended.add(permit);
      } else {
        nextEnd = Math.min(nextEnd, permit.leaseEnd);
      }
    }
    return ended;
  }

  /** What was given after a permit and is still out, of one dimension, at one place. */
  long givenAfter(Permit permit, Node place, Dimension dimension) {
    long sum = 0;
    for (Permit other = last; other != null && other.number > permit.number; other = other.older) {
      if (other.passed(place)) {
        sum += other.charged(dimension);
      }
    }
    return sum;
  }
}
