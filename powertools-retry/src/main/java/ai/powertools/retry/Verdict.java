package ai.powertools.retry;

import java.time.Duration;

/** What an error means for the next attempt. */
public sealed interface Verdict {
  /** Trying again is useless. */
  static Verdict permanent() {
    return new Permanent();
  }

  /** Trying again may help, after a wait of our own choice. */
  static Verdict transientError() {
    return new Transient();
  }

  /**
   * Trying again may help, but not before {@code wait} has passed.
   *
   * @throws IllegalArgumentException if {@code wait} is negative
   */
  static Verdict throttled(Duration wait) {
    return new Throttled(wait);
  }

  /** Whether another attempt may help. */
  default boolean retryable() {
    return !(this instanceof Permanent);
  }

  /** See {@link #permanent}. */
  record Permanent() implements Verdict {}

  /** See {@link #transientError}. */
  record Transient() implements Verdict {}

  /**
   * See {@link #throttled}.
   *
   * @param retryAfter the least wait, zero or more
   */
  record Throttled(Duration retryAfter) implements Verdict {
    /** Refuses a negative wait. */
    public Throttled {
      if (retryAfter.isNegative()) {
        throw new IllegalArgumentException("A wait must not be negative: " + retryAfter);
      }
    }
  }
}
