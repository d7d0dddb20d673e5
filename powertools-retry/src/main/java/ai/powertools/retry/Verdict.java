package ai.powertools.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link Classifier} makes of an error or of a result.
 *
 * @param kind what it means
 * @param retryAfter the least wait before another attempt, zero or more, where the other side asked
 *     for one; empty for all kinds but {@link ErrorKind#THROTTLED} and {@link ErrorKind#TRANSIENT}
 * @param reason why, in a few words for a human, as in {@code HTTP 429 rate_limit_exceeded}; empty
 *     if there is nothing to add to the error itself; never a secret
 */
public record Verdict(ErrorKind kind, Optional<Duration> retryAfter, String reason) {
  private static final Verdict PERMANENT = of(ErrorKind.PERMANENT);
  private static final Verdict TRANSIENT = of(ErrorKind.TRANSIENT);
  private static final Verdict THROTTLED = of(ErrorKind.THROTTLED);
  private static final Verdict UNKNOWN = of(ErrorKind.UNKNOWN);
  private static final Verdict CANCELLED = of(ErrorKind.CANCELLED);

  /** Refuses a negative wait, and one where no attempt follows. */
  public Verdict {
    if (retryAfter.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException("A wait must not be negative: " + retryAfter.get());
    }
    boolean waits = kind == ErrorKind.THROTTLED || kind == ErrorKind.TRANSIENT;
    if (retryAfter.isPresent() && !waits) {
      throw new IllegalArgumentException("Nobody waits for what is " + kind + ".");
    }
  }

  private static Verdict of(ErrorKind kind) {
    return new Verdict(kind, Optional.empty(), "");
  }

  /** Trying again is useless. */
  public static Verdict permanent() {
    return PERMANENT;
  }

  /** Trying again may help, after a wait of our own choice. */
  public static Verdict transientError() {
    return TRANSIENT;
  }

  /** We ask too often, and were not told how long to wait. */
  public static Verdict throttled() {
    return THROTTLED;
  }

  /**
   * We ask too often: trying again may help, but not before {@code wait} has passed.
   *
   * @throws IllegalArgumentException if {@code wait} is negative
   */
  public static Verdict throttled(Duration wait) {
    return THROTTLED.after(wait);
  }

  /** Nobody can say whether trying again would help. */
  public static Verdict unknown() {
    return UNKNOWN;
  }

  /** Somebody called it off. */
  public static Verdict cancelled() {
    return CANCELLED;
  }

  /**
   * The same with a wait.
   *
   * @throws IllegalArgumentException if it is negative, or no attempt follows an error of this kind
   */
  public Verdict after(Duration wait) {
    return new Verdict(kind, Optional.of(wait), reason);
  }

  /** The same with a reason. */
  public Verdict because(String reason) {
    return new Verdict(kind, retryAfter, reason);
  }

  /** Whether another attempt may help: the error is transient, or we were throttled. */
  public boolean retryable() {
    return kind == ErrorKind.TRANSIENT || kind == ErrorKind.THROTTLED;
  }
}
