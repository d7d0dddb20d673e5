package ai.powertools.ratelimit;

import ai.powertools.ratelimit.shared.OnFailure;
import java.time.Duration;

/**
 * How a limiter shares its limits with other processes. Immutable.
 *
 * @param onFailure what to do while the server does not answer
 * @param localShare with {@link OnFailure#LOCAL_SHARE} what this process goes by then, as a share
 *     of the limits; more than 0, at most 1
 * @param answerWithin how long the server may take; more than 0
 * @param lease how long a place of a limit to calls at once is held without a word from this
 *     process, and how far ahead the server may grant; a second at least
 * @param slice what a process that calls often takes for later calls, as a share of a window's
 *     amount, and never more than comes in within 100 ms; 0 to ask for every call
 */
public record Sharing(
    OnFailure onFailure, double localShare, Duration answerWithin, Duration lease, double slice) {
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final double SLICE = 0.02;

  /** Refuses shares and times out of range. */
  public Sharing {
    Limit.requireShare(localShare, 1);
    if (!(slice >= 0 && slice <= 1)) {
      throw new IllegalArgumentException("A slice is a share of [0, 1], not " + slice + ".");
    }
    if (answerWithin.isNegative() || answerWithin.isZero()) {
      throw new IllegalArgumentException(
          "A server needs time to answer, more than " + answerWithin + ".");
    }
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "A lease lasts for a second at least, not for " + lease + ".");
    }
  }

  /** While the server does not answer, nobody is let through. */
  public static Sharing refusing() {
    return new Sharing(OnFailure.REFUSE, 1, ANSWER, LEASE, SLICE);
  }

  /** While the server does not answer, everybody is let through. */
  public static Sharing allowing() {
    return new Sharing(OnFailure.ALLOW, 1, ANSWER, LEASE, SLICE);
  }

  /**
   * While the server does not answer, this process goes by a share of the limits.
   *
   * @param share such as a third for one of three processes
   */
  public static Sharing locally(double share) {
    return new Sharing(OnFailure.LOCAL_SHARE, share, ANSWER, LEASE, SLICE);
  }

  /** The same with another time to answer; two seconds without this. */
  public Sharing answerWithin(Duration time) {
    return new Sharing(onFailure, localShare, time, lease, slice);
  }

  /** The same with other leases; 30 seconds without this. */
  public Sharing lease(Duration lease) {
    return new Sharing(onFailure, localShare, answerWithin, lease, slice);
  }

  /** The same with other slices; a fiftieth without this. */
  public Sharing slice(double share) {
    return new Sharing(onFailure, localShare, answerWithin, lease, share);
  }
}
