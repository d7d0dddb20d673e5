package ai.powertools.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads waits, so that clients which failed together do not come back together.
 *
 * <p>What {@link #apply} gives is kept between {@link #least} and {@link #most}, and below the cap,
 * so a lambda can only shorten waits; to lengthen them, implement {@link #most} too. Must be safe
 * for use by many threads. If it throws, no further attempt is made: the call fails with the
 * attempt's error, and what the jitter threw is suppressed in it.
 *
 * <p>Full and equal jitter are those of Marc Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015.
 */
@FunctionalInterface
public interface Jitter {
  /**
   * A wait in place of {@code wait}.
   *
   * @param wait the computed and capped wait, zero or more
   */
  Duration apply(Duration wait, RandomGenerator random);

  /** The shortest that {@code wait} may become; zero unless overridden. */
  default Duration least(Duration wait) {
    return Duration.ZERO;
  }

  /** The longest that {@code wait} may become; {@code wait} itself unless overridden. */
  default Duration most(Duration wait) {
    return wait;
  }

  /** Waits as they were computed. */
  static Jitter none() {
    return StandardJitter.NONE;
  }

  /** Uniform between zero and the computed wait. */
  static Jitter full() {
    return StandardJitter.FULL;
  }

  /** Uniform between half the computed wait and all of it. */
  static Jitter equal() {
    return StandardJitter.EQUAL;
  }
}
