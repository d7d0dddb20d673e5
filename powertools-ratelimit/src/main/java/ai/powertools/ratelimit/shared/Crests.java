package ai.powertools.ratelimit.shared;

/**
 * How full a bucket was at most since a grant, in a few numbers.
 *
 * <p>What a call did not use goes back only as far as the bucket would have held it, had it never
 * been taken: the level that would have been is the real one plus what is given back, and it may
 * never have passed the brim.
 *
 * <p>Not safe for use by several threads; the line guards it.
 *
 * @implNote A stack of (stamp, level just before that grant), stamps ascending, levels strictly
 *     descending: a lower level that is older than a higher one is never an answer. When it is full
 *     the two oldest become one, the higher of the later: then a little less is given back. The
 *     scripts of the other implementations do the same.
 */
final class Crests {
  /** Enough for a bucket that empties in a few steps; more would be sent around for nothing. */
  static final int MOST = 8;

  private final long[] stamps = new long[MOST + 1];
  private final long[] levels = new long[MOST + 1];
  private int size;

  /** It was this full just before the grant of this stamp, which is higher than all before it. */
  void note(long stamp, long level) {
    while (size > 0 && levels[size - 1] <= level) {
      size--;
    }
    stamps[size] = stamp;
    levels[size] = level;
    size++;
    if (size > MOST) {
      long highest = levels[0];
      remove(0, 1);
      levels[0] = highest;
    }
  }

  /** How full it was at most after the grant of this stamp, if it is {@code current} now. */
  long since(long stamp, long current) {
    int first = firstAfter(stamp);
    return first < size ? Math.max(levels[first], current) : current;
  }

  /** As if the grant of this stamp had been smaller by so much. */
  void raise(long stamp, long by) {
    int first = firstAfter(stamp);
    for (int i = first; i < size; i++) {
      levels[i] += by;
    }
    int overtopped = first;
    while (first < size && overtopped > 0 && levels[overtopped - 1] <= levels[first]) {
      overtopped--;
    }
    remove(overtopped, first);
  }

  private int firstAfter(long stamp) {
    int first = 0;
    while (first < size && stamps[first] <= stamp) {
      first++;
    }
    return first;
  }

  private void remove(int from, int to) {
    System.arraycopy(stamps, to, stamps, from, size - to);
    System.arraycopy(levels, to, levels, from, size - to);
    size -= to - from;
  }
}
