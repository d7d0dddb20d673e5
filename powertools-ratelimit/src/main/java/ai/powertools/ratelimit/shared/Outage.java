package ai.powertools.ratelimit.shared;

import java.time.Duration;

/**
 * Whether the server counts as away, and when it is asked again. It is away after some failures in
 * a row; then one question at a time goes out as a probe, at first after a pause, and after one
 * twice as long each time that fails, up to a longest. One answer, and it is back.
 *
 * <p>{@code now} is in nanoseconds, of a clock that only goes on. A timeout is a failure. Safe for
 * use by many threads.
 */
public final class Outage {
  private final int failuresToBeAway;
  private final long firstPause;
  private final long longestPause;

  private int failures;
  private boolean away;
  private boolean probing;
  private long pause;
  private long since;

  private Outage(int failuresToBeAway, Duration firstPause, Duration longestPause) {
    this.failuresToBeAway = failuresToBeAway;
    this.firstPause = firstPause.toNanos();
    this.longestPause = longestPause.toNanos();
  }

  /** Away after three failures in a row; asked again after one second, and up to thirty. */
  public static Outage create() {
    return of(3, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /**
   * With numbers of one's own.
   *
   * @param failures in a row, after which it counts as away
   * @throws IllegalArgumentException if that is less than one, or the pauses are not positive and
   *     in order
   */
  public static Outage of(int failures, Duration firstPause, Duration longestPause) {
    if (failures < 1
        || firstPause.isNegative()
        || firstPause.isZero()
        || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "An outage begins after 1 failure or more and is looked at after a pause, not after "
              + "%d, and %s to %s.".formatted(failures, firstPause, longestPause));
    }
    return new Outage(failures, firstPause, longestPause);
  }

  /**
   * Whether to ask the server now; false while it is away, except for a probe that is due. Who is
   * told true says afterwards how it went: {@link #answered} or {@link #failed}.
   */
  public synchronized boolean mayAsk(long now) {
    if (!away) {
      return true;
    }
    if (probing || now - since < pause) {
      return false;
    }
    probing = true;
    return true;
  }

  /** It has answered. */
  public synchronized void answered() {
    failures = 0;
    away = false;
    probing = false;
  }

  /** It has not answered, or not in time. */
  public synchronized void failed(long now) {
    failures++;
    if (away) {
      if (probing) {
        probing = false;
        pause = Math.min(longestPause, pause * 2);
        since = now;
      }
    } else if (failures >= failuresToBeAway) {
      away = true;
      pause = firstPause;
      since = now;
    }
  }

  /** It has not answered for as long as anybody waits: it is away, however few questions failed. */
  public synchronized void silent(long now) {
    while (!away) {
      failed(now);
    }
  }

  /** Whether it counts as away. */
  public synchronized boolean isAway() {
    return away;
  }

  /** How long until it may be asked again; zero when that is now, or a probe is under way. */
  public synchronized Duration probeIn(long now) {
    return away && !probing ? Duration.ofNanos(Math.max(0, pause - (now - since))) : Duration.ZERO;
  }
}
