package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;

/**
 * After a pause, one call first, then two, four, eight, each time when all of the round before went
 * well, until as many are in flight as when the pause began. A provider that said "not now" meets
 * one call when the time is over and not all that have queued up.
 *
 * <p>It wraps another control, whose limit holds as well. Safe for use by many threads.
 */
public final class SlowStart implements ConcurrencyControl {
  private static final int DONE = Integer.MAX_VALUE;

  private final ConcurrencyControl inner;
  private final LastCut pause;
  private int allowed = DONE;
  private int goal;
  private int successes;

  private SlowStart(ConcurrencyControl inner, Time time) {
    this.inner = inner;
    this.pause = new LastCut(time);
  }

  /**
   * Slow starts for a control.
   *
   * @param time whose nanoseconds tell which calls began after the pause
   */
  public static SlowStart of(ConcurrencyControl inner, Time time) {
    return new SlowStart(inner, time);
  }

  /**
   * A pause begins: from its end on, start slowly. One that begins during a slow start begins it
   * anew, with the same goal.
   *
   * @param inFlight how many calls are in flight now, the goal
   */
  public synchronized void paused(int inFlight) {
    goal = Math.max(inFlight, allowed == DONE ? 1 : goal);
    allowed = 1;
    successes = 0;
    pause.now();
  }

  /** Whether it is not back to what it was before the last pause. */
  public synchronized boolean isStarting() {
    return allowed != DONE;
  }

  @Override
  public synchronized int limit() {
    return Math.min(allowed, inner.limit());
  }

  @Override
  public synchronized void onEnd(Duration roundTrip, int inFlightAtStart, Outcome outcome) {
    inner.onEnd(roundTrip, inFlightAtStart, outcome);
    if (allowed == DONE || !pause.isBeforeStartOf(roundTrip)) {
      return;
    }
    switch (outcome) {
      case SUCCESS -> {
        successes++;
        if (successes >= allowed) {
          successes = 0;
          allowed = allowed >= goal / 2.0 ? DONE : allowed * 2;
        }
      }
      case THROTTLED, TIMED_OUT -> paused(0);
      case UNRELATED -> {}
    }
  }

  /** As in {@code "2 of 12 calls, starting slowly; at most 40 calls at once (AIMD, 1 to 1000)"}. */
  @Override
  public synchronized String toString() {
    return allowed == DONE
        ? inner.toString()
        : "%d of %d calls, starting slowly; %s".formatted(allowed, goal, inner);
  }
}
