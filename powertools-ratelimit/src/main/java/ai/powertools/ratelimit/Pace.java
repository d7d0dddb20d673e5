package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a provider bears at a place, as far as calls have shown. Guarded by the gate's guard.
 *
 * <p>After a pause it begins slowly, whether it adapts otherwise or not.
 */
final class Pace {
  /** A change of the rate by less than this is not worth new buckets. */
  private static final double FINENESS = 0.01;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final SlowStart concurrency;
  private final @Nullable RateControl rate;
  private double factor = 1;
  private Duration pause = FIRST_PAUSE;
  private Duration nextPause = FIRST_PAUSE;
  private long pausedAt = Long.MIN_VALUE;

  Pace(@Nullable ConcurrencyControl concurrency, @Nullable RateControl rate, Time time) {
    this.concurrency = SlowStart.of(concurrency == null ? new Unbounded() : concurrency, time);
    this.rate = rate;
  }

  /** Bears everything. */
  private static final class Unbounded implements ConcurrencyControl {
    @Override
    public int limit() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void onEnd(Duration roundTrip, int inFlightAtStart, Outcome outcome) {
      // Nothing is learned.
    }
  }

  /** How many calls at once there may be now. */
  int ceiling() {
    return concurrency.limit();
  }

  /** The share of the limits to go by. */
  double factor() {
    return factor;
  }

  /**
   * How long to pause when the provider did not say: longer each time, until a call goes well.
   * Calls that were on their way when the last pause began say nothing new about it.
   *
   * @param begun when the call that was refused began
   */
  Duration blindPause(long begun, long now) {
    if (begun > pausedAt) {
      pausedAt = now;
      pause = nextPause;
      Duration longer = pause.multipliedBy(2);
      nextPause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
    return pause;
  }

  /** A pause begins, with so many in flight. */
  void paused(int inFlight) {
    concurrency.paused(inFlight);
  }

  /**
   * The provider refused a call.
   *
   * @return whether the factor is another now
   */
  boolean throttled(Instant now) {
    if (rate != null) {
      rate.onThrottled(now);
    }
    return refresh();
  }

  /**
   * A call has ended.
   *
   * @return whether the factor is another now
   */
  boolean ended(Permit permit, Duration roundTrip, Outcome outcome, Instant now) {
    concurrency.onEnd(roundTrip, permit.inFlightAtStart, outcome);
    if (outcome == Outcome.SUCCESS) {
      nextPause = FIRST_PAUSE;
      if (rate != null) {
        rate.onSuccess(now);
      }
    }
    return refresh();
  }

  private boolean refresh() {
    if (rate == null) {
      return false;
    }
    double current = rate.factor();
    if (current == factor || (Math.abs(current - factor) < FINENESS * factor && current < 1)) {
      return false;
    }
    factor = current;
    return true;
  }
}
