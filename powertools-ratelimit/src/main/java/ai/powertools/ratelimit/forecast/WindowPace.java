package ai.powertools.ratelimit.forecast;

/**
 * At most so many calls in any window; also so many at once, of calls that all last as long.
 *
 * @implNote As a limiter's sliding window has it: calls within a part of a window count together,
 *     until a window after the last of them. With parts of a nanosecond it is exact.
 */
final class WindowPace implements Pace {
  private final String name;
  private final long most;
  private final long atFirst;
  private final long window;
  private final long part;
  private long[] begins = new long[16];
  private long[] ends = new long[16];
  private long[] counts = new long[16];
  private int first;
  private int size;
  private long inWindow;
  private long calls;

  /**
   * @param most in any window
   * @param atFirst in the first one, of which others have had the rest just before the start
   * @param window in nanoseconds
   * @param part of a window in which calls are not told apart, in nanoseconds; one at least
   */
  WindowPace(String name, long most, long atFirst, long window, long part) {
    this.name = name;
    this.most = most;
    this.atFirst = Math.min(most, atFirst);
    this.window = window;
    this.part = part;
  }

  @Override
  public long earliest(long at) {
    if (most == 0) {
      return NEVER;
    }
    long earliest = calls >= atFirst ? Math.max(at, window) : at;
    while (size > 0 && ends[first] + window <= earliest) {
      inWindow -= counts[first];
      first = (first + 1) % ends.length;
      size--;
    }
    return inWindow < most ? earliest : ends[first] + window;
  }

  @Override
  public void take(long at) {
    int last = (first + size - 1 + ends.length) % ends.length;
    if (size == 0 || at - begins[last] >= part) {
      makeRoom();
      last = (first + size) % ends.length;
      begins[last] = at;
      counts[last] = 0;
      size++;
    }
    ends[last] = at;
    counts[last]++;
    inWindow++;
    calls++;
  }

  private void makeRoom() {
    if (size == ends.length) {
      begins = unrolled(begins);
      ends = unrolled(ends);
      counts = unrolled(counts);
      first = 0;
    }
  }

  /** Twice as long, and beginning with the first. */
  private long[] unrolled(long[] ring) {
    long[] longer = new long[2 * size];
    System.arraycopy(ring, first, longer, 0, size - first);
    System.arraycopy(ring, 0, longer, size - first, first);
    return longer;
  }

  @Override
  public String name() {
    return name;
  }
}
