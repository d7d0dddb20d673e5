package ai.powertools.ratelimit;

import java.util.Arrays;

/**
 * How full a bucket was at most since a charge was made, for every charge that may yet be
 * corrected.
 *
 * <p>Why: a call reserves 1000 tokens, and by the time it turns out to have used none, the bucket
 * is full again. Were the 1000 simply put back as soon as somebody else has taken from it, they
 * would have come twice, and a window would see burst + 1000. The level that would have been, had
 * the charge not been made, is the real one plus what is given back, and it may never have passed
 * the brim.
 *
 * @implNote A stack of (charge number, level just before it), numbers ascending, levels strictly
 *     descending: an entry that a later one overtops can never be an answer again. It is a few
 *     entries long unless the bucket empties by many small charges; then it grows with the charges
 *     made since the oldest call in flight began. What only calls that have ended would ask for is
 *     forgotten before it grows.
 */
final class Peaks {
  private static final long[] NONE = {};

  private long[] numbers = NONE;
  private long[] levels = NONE;
  private int size;
  private long forgotten;

  /**
   * The bucket was at {@code level} just before the charge {@code number} was taken from it.
   *
   * @param oldest the number of the oldest charge that will still be asked for
   */
  void note(long number, long level, long oldest) {
    while (size > 0 && levels[size - 1] <= level) {
      size--;
    }
    if (size == numbers.length) {
      forget(oldest);
      int room = Math.max(8, size * 2);
      numbers = Arrays.copyOf(numbers, room);
      levels = Arrays.copyOf(levels, room);
    }
    numbers[size] = number;
    levels[size] = level;
    size++;
  }

  /** No charge up to this number will be asked for any more. */
  void forgetAll(long number) {
    forgotten = Math.max(forgotten, number + 1);
    size = 0;
  }

  private void forget(long oldest) {
    forgotten = Math.max(forgotten, oldest);
    remove(0, firstAfter(oldest));
  }

  /**
   * The highest level after the charge {@code number}, where {@code current} is that of now; as
   * high as can be when that was forgotten.
   */
  long since(long number, long current) {
    if (number < forgotten) {
      return Long.MAX_VALUE;
    }
    int first = firstAfter(number);
    return first < size ? Math.max(levels[first], current) : current;
  }

  /** As if the charge {@code number} had been smaller by this much. */
  void raise(long number, long by) {
    int first = firstAfter(number);
    for (int i = first; i < size; i++) {
      levels[i] += by;
    }
    int overtopped = first;
    while (first < size && overtopped > 0 && levels[overtopped - 1] <= levels[first]) {
      overtopped--;
    }
    remove(overtopped, first);
  }

  private int firstAfter(long number) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[middle] > number) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void remove(int from, int to) {
    System.arraycopy(numbers, to, numbers, from, size - to);
    System.arraycopy(levels, to, levels, from, size - to);
    size -= to - from;
  }
}
