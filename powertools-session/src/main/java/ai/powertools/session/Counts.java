package ai.powertools.session;

import java.time.Duration;

/** Numbers of entries that are asked for. */
final class Counts {
  private Counts() {}

  static int check(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "The last " + count + " entries are none: ask for 0 or more.");
    }
    return count;
  }

  /** A time between two looks at something. */
  static Duration checkPause(Duration every) {
    if (every.isZero() || every.isNegative()) {
      throw new IllegalArgumentException("Say how often: more than zero, not " + every + ".");
    }
    return every;
  }
}
