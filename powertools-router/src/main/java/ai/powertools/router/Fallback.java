package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import java.time.Duration;

/**
 * What is done when a model fails. By the kind of the error: one that says that the conversation is
 * too long gives way to models with a larger context only; one whose limit is reached gives way to
 * another key, deployment or model, or is waited for where that is sooner; one whose key is refused
 * is out, and with it all models of that key; what fails for a passing reason gives way to the
 * next. A wrong request, a cancellation and the deadline end the call. Immutable; each method gives
 * another one.
 *
 * @param onContentPolicy whether a model that refuses the content gives way to the next
 * @param afterDelivery what to do when a stream breaks off after some of it was delivered
 * @param longestWait how long a call waits for models at most, all waits together, when no other is
 *     left
 * @param attemptTimeout how long one model may take at most, retries by layers around it included;
 *     the call's deadline bounds all of them together
 */
public record Fallback(
    boolean onContentPolicy,
    AfterDelivery afterDelivery,
    Duration longestWait,
    Duration attemptTimeout) {

  /** What to do when a stream breaks off after some of it was delivered. */
  public enum AfterDelivery {
    /** The call fails, with what had been delivered. */
    FAIL,
    /**
     * A model that can go on from the last word is asked to ({@link ChatProvider#continuesText});
     * the call fails if there is none. Nothing is delivered twice.
     */
    RESUME
  }

  private static final Duration UNLIMITED = Duration.ofDays(36_500);

  /** No other model for refused content, fail after delivery, wait for 10 seconds at most. */
  public static final Fallback STANDARD =
      new Fallback(false, AfterDelivery.FAIL, Duration.ofSeconds(10), UNLIMITED);

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if the wait is negative or the timeout not above zero
   */
  public Fallback {
    if (longestWait.isNegative()) {
      throw new IllegalArgumentException("A wait can't be negative: " + longestWait + ".");
    }
    if (attemptTimeout.isNegative() || attemptTimeout.isZero()) {
      throw new IllegalArgumentException("An attempt needs more time than " + attemptTimeout + ".");
    }
  }

  /** A model that refuses the content gives way to the next. */
  public Fallback nextOnContentPolicy() {
    return new Fallback(true, afterDelivery, longestWait, attemptTimeout);
  }

  /** What to do when a stream breaks off after some of it was delivered. */
  public Fallback afterDelivery(AfterDelivery policy) {
    return new Fallback(onContentPolicy, policy, longestWait, attemptTimeout);
  }

  /** How long a call waits for models at most, when no other is left; zero for never. */
  public Fallback waitAtMost(Duration longest) {
    return new Fallback(onContentPolicy, afterDelivery, longest, attemptTimeout);
  }

  /** How long one model may take at most, retries by layers around it included. */
  public Fallback attemptTimeout(Duration timeout) {
    return new Fallback(onContentPolicy, afterDelivery, longestWait, timeout);
  }

  boolean limitsAttempts() {
    return attemptTimeout.compareTo(UNLIMITED) < 0;
  }

  boolean resumes() {
    return afterDelivery == AfterDelivery.RESUME;
  }

  Deadline attempt(Deadline call, Time time) {
    return limitsAttempts() ? call.earlier(Deadline.after(attemptTimeout, time)) : call;
  }
}
