package ai.powertools.core;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The moment by which an answer is worth having. Made once where a call enters and handed down, so
 * that retries, waits and fallbacks share one span of time instead of each taking their own.
 *
 * <p>It can also be had without being handed down: what runs inside {@link #makeCurrent()} finds it
 * with {@link #current()}, and in other threads what was wrapped by {@link #carry(Runnable)}.
 *
 * <pre>{@code
 * try (Deadline.Scope scope = Deadline.after(Duration.ofSeconds(20)).makeCurrent()) {
 *   client.timeout(Deadline.current().remaining());
 * }
 * }</pre>
 *
 * <p>Measured on the monotonic clock: setting the wall clock moves no deadline. Immutable.
 */
public final class Deadline {
  private static final Deadline NEVER = new Deadline(Time.system(), 0, Duration.ZERO, true);
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
  private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();
  private static final Scope UNCHANGED = () -> {};

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

  /** The one that this thread works under; {@link #never()} if nobody said. */
  public static Deadline current() {
    Deadline current = CURRENT.get();
    return current == null ? NEVER : current;
  }

  /**
   * Makes this thread work under this deadline, until the scope is closed by the same thread. One
   * that comes earlier and is current already stays so: what is inside cannot take more time than
   * what is around it has.
   */
  public Scope makeCurrent() {
    Deadline outer = current();
    Deadline inner = outer.earlier(this);
    if (inner == outer) {
      return UNCHANGED;
    }
    CURRENT.set(inner);
    return () -> restore(outer);
  }

  private static void restore(Deadline outer) {
    if (outer == NEVER) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** The task, working on whatever thread under the deadline that is current here and now. */
  @SuppressWarnings("try") // the scope is there to be closed
  public static Runnable carry(Runnable task) {
    Deadline here = current();
    return () -> {
      try (Scope scope = here.makeCurrent()) {
        task.run();
      }
    };
  }

  /** The task, working on whatever thread under the deadline that is current here and now. */
  @SuppressWarnings("try") // the scope is there to be closed
  public static <T extends @Nullable Object> Callable<T> carryCall(Callable<T> task) {
    Deadline here = current();
    return () -> {
      try (Scope scope = here.makeCurrent()) {
        return task.call();
      }
    };
  }

  /** While it is open, a thread works under a deadline. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    /** What was current before is so again. To be called by the same thread, once. */
    @Override
    void close();
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

  /** The one of the two that comes first; this one if they come together. */
  public Deadline earlier(Deadline other) {
    if (other.never || other == this) {
      return this;
    }
    if (never) {
      return other;
    }
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
