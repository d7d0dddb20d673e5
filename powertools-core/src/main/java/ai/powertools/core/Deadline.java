package ai.powertools.core;

import java.time.Duration;

/**
 * The moment by which an answer is worth having. Made once where a call enters and handed down, so
 * that retries, waits and fallbacks share one span of time instead of each taking their own.
 *
 * <p>Measured on the monotonic clock: setting the wall clock moves no deadline. Immutable.
 */
public final class Deadline {
  private static final Deadline NEVER = new Deadline(Time.system(), 0, Duration.ZERO, true);
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final Time time;
  private final long startNanos;
  private final Duration span;
  private final boolean never;

  private Deadline(Time time, long startNanos, Duration span, boolean never) {
    this.time = time;
    this.startNanos = startNanos;
    this.span = span;
    this.never = never;
  }

  /** A deadline that does not come. */
  public static Deadline never() {
    return NEVER;
  }

  /** {@code span} from now on the system's clock. */
  public static Deadline after(Duration span) {
    return after(span, Time.system());
  }

  /**
   * {@code span} from now.
   *
   * @throws IllegalArgumentException if {@code span} is negative
   */
  public static Deadline after(Duration span, Time time) {
    if (span.isNegative()) {
      throw new IllegalArgumentException("A deadline needs a span of zero or more, not " + span);
    }
    return new Deadline(time, time.nanos(), span, span.compareTo(FOREVER) >= 0);
  }

  /** What is left: zero when it has passed, about 292 years when it never comes. */
  public Duration remaining() {
    if (never) {
      return FOREVER;
    }
    Duration left = span.minus(time.since(startNanos));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether nothing is left. */
  public boolean expired() {
    return remaining().isZero();
  }

  /** Whether this deadline can come at all. */
  public boolean isNever() {
    return never;
  }

  /** Whether {@code wait} would end before the deadline. */
  public boolean allows(Duration wait) {
    return never || wait.compareTo(remaining()) < 0;
  }

  /** The one of the two that comes first. */
  public Deadline earlier(Deadline other) {
    return other.remaining().compareTo(remaining()) < 0 ? other : this;
  }

  /**
   * Goes on only if there is time left.
   *
   * @param what what would be done next, for the message
   * @throws DeadlineExceededException if the deadline has passed
   */
  public void check(String what) {
    if (expired()) {
      throw new DeadlineExceededException(
          "No time left for "
              + what
              + ": the deadline of "
              + span.toMillis()
              + " ms has passed. Allow more time, or make fewer attempts.");
    }
  }

  @Override
  public String toString() {
    return never ? "no deadline" : "deadline in " + remaining().toMillis() + " ms";
  }
}
