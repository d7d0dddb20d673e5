package ai.powertools.benchmarks;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a limiter is set up with: limits on requests with windows of different lengths, all of them
 * with as much as nobody takes in a benchmark, or all of them with nothing left.
 *
 * @param limits how many, one or three
 * @param plenty whether all is granted, or all refused
 */
record Allowance(int limits, boolean plenty) {
  /**
   * Requests a window: no divisor of it, so that nobody gets by with whole nanoseconds, and fewer
   * than are taken, so that the level falls and the bucket never stands full.
   */
  private static final long AMOUNT = 999_983;

  /** What a full bucket holds: hours of taking a hundred million a second. */
  private static final long BURST = 1_000_000_000_000L;

  /** Until more comes in where nothing is left. */
  private static final Duration LONG = Duration.ofDays(1);

  Allowance {
    if (limits != 1 && limits != 3) {
      throw new IllegalArgumentException("One limit or three, not " + limits + ".");
    }
  }

  /**
   * One limit.
   *
   * @param amount comes in per window, evenly
   * @param burst what is there at most, and from the start
   */
  record Window(long amount, Duration length, long burst) {}

  /** The limits, for limiters with a burst of any size. */
  Stream<Window> windows() {
    return lengths().map(length -> new Window(plenty ? AMOUNT : 1, length, plenty ? BURST : 1));
  }

  /**
   * The limits, for limiters whose burst is what they let in per window.
   *
   * @param most what the limiter can be told
   */
  Stream<Window> windows(int most) {
    return lengths().map(length -> new Window(plenty ? most : 1, length, plenty ? most : 1));
  }

  private Stream<Duration> lengths() {
    Duration unit = plenty ? Duration.ofSeconds(1) : LONG;
    return IntStream.rangeClosed(1, limits).mapToObj(unit::multipliedBy);
  }
}
