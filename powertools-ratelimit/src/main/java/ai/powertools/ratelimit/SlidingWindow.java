package ai.powertools.ratelimit;

/**
 * What was taken within the last window, for providers who count every window exactly.
 *
 * @implNote A ring of up to 128 entries, each for what was taken within a 128th of a window. An
 *     entry counts until a window after the last that went into it, so a little too long and never
 *     too short.
 */
final class SlidingWindow extends Level {
  private static final int PARTS = 128;

  /** One more than can be within a window at the same time, and one for the next. */
  private static final int ROOM = PARTS + 2;

  private final long window;
  private final long part;
  private final long[] begins = new long[ROOM];
  private final long[] ends = new long[ROOM];
  private final long[] sums = new long[ROOM];
  private int first;
  private int size;
  private long sum;
  private long at;
  private long forgotten;

  SlidingWindow(Limit limit, long now) {
    super(limit);
    window = limit.window().toNanos();
    part = (window + PARTS - 1) / PARTS;
    at = now;
  }

  @Override
  void refill(long now) {
    at = Math.max(at, now);
    while (size > 0 && ends[first] <= at - window) {
      sum -= sums[first];
      first = (first + 1) % ROOM;
      size--;
    }
  }

  @Override
  boolean takeIfThere(long count, long now) {
    refill(now);
    if (count > units()) {
      return false;
    }
    take(count);
    return true;
  }

  @Override
  void putBack(long count) {
    if (count > 0) {
      sums[index(size - 1)] -= count;
      sum -= count;
    }
  }

  @Override
  long units() {
    return limit().amount() - sum;
  }

  @Override
  long nanosUntil(long wanted, long claimed) {
    if (wanted > limit().amount()) {
      return NEVER;
    }
    long missing = wanted + claimed - units();
    int i = 0;
    while (missing > 0 && i < size) {
      missing -= sums[index(i)];
      if (missing <= 0) {
        return ends[index(i)] + window - at;
      }
      i++;
    }
    return missing <= 0 ? 0 : FAR;
  }

  private int index(int i) {
    return (first + i) % ROOM;
  }

  @Override
  void take(long count) {
    if (count == 0) {
      return;
    }
    put(at, at, count);
  }

  private void put(long begin, long end, long count) {
    int last = index(size - 1 + ROOM);
    if (size == 0 || (end - begins[last] >= part && size < ROOM)) {
      last = index(size);
      begins[last] = begin;
      sums[last] = 0;
      size++;
    }
    ends[last] = end;
    sums[last] += count;
    sum += count;
  }

  @Override
  void charge(long count, long number, long oldest) {
    take(count);
  }

  @Override
  void forget(long number) {
    forgotten = number;
  }

  @Override
  void giveBack(long count, long number, long chargedAt) {
    if (number <= forgotten) {
      return;
    }
    for (int i = 0; i < size; i++) {
      int entry = index(i);
      // A charge whose thread was overtaken was put down a little later than it was made.
      boolean begun = begins[entry] <= chargedAt || chargedAt > at - window;
      if (begun && chargedAt <= ends[entry]) {
        long given = Math.min(count, sums[entry]);
        sums[entry] -= given;
        sum -= given;
        return;
      }
    }
  }

  @Override
  void lower(long units) {
    if (units() > units) {
      take(units() - units);
    }
  }

  @Override
  Level copy() {
    SlidingWindow copy = new SlidingWindow(limit(), at);
    for (int i = 0; i < size; i++) {
      copy.begins[i] = begins[index(i)];
      copy.ends[i] = ends[index(i)];
      copy.sums[i] = sums[index(i)];
    }
    copy.size = size;
    copy.sum = sum;
    return copy;
  }

  @Override
  Level under(Limit changed, long number) {
    if (changed.equals(limit())) {
      return this;
    }
    // Each at its own time: were all of it to count from now on, limits that change often would let
    // nobody through.
    SlidingWindow other = new SlidingWindow(changed, at);
    other.forget(number);
    for (int i = 0; i < size; i++) {
      int entry = index(i);
      other.put(begins[entry], ends[entry], sums[entry]);
    }
    other.refill(at);
    return other;
  }

  @Override
  boolean isFull() {
    return size == 0;
  }
}
