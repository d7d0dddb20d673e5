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
 * <p>Full, equal and decorrelated jitter are those of Marc Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015.
 */
@FunctionalInterface
public interface Jitter {
  /** A wait in place of the computed one. */
  Duration apply(Computed wait, RandomGenerator random);

  /** The shortest that the wait may become; zero unless overridden. */
  default Duration least(Computed wait) {
    return Duration.ZERO;
  }

  /** The longest that the wait may become; the computed wait itself unless overridden. */
  default Duration most(Computed wait) {
    return wait.delay();
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

  /**
   * Uniform between the first wait and three times the wait that was made before; of the backoff,
   * only its first wait counts.
   */
  static Jitter decorrelated() {
    return StandardJitter.DECORRELATED;
  }

  /**
   * Uniform between the computed wait less and more this share of it.
   *
   * @param share from 0 to 1, as in 0.2 for ± 20 %
   * @throws IllegalArgumentException if it is anything else
   */
  static Jitter factor(double share) {
    return new FactorJitter(share);
  }

  /**
   * A wait before jitter.
   *
   * @param delay what the backoff said, within the cap, zero or more
   * @param first what the backoff said for the first attempt, within the cap
   * @param previous the wait that was made before this one; as {@code first} if there was none
   */
  record Computed(Duration delay, Duration first, Duration previous) {}
}
