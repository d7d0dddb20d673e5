package ai.powertools.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Draws a wait between two. */
final class Uniform {
  private Uniform() {}

  /** From {@code least} to {@code most}, both possible. */
  static Duration between(Duration least, Duration most, RandomGenerator random) {
    long width = Nanos.of(most.minus(least));
    if (width == 0) {
      return least;
    }
    // Both ends are possible, unless the upper one is the largest long.
    long bound = width == Long.MAX_VALUE ? width : width + 1;
    return least.plusNanos(random.nextLong(bound));
  }
}
