package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;

/**
 * When a control last cut its limit, so that the calls that were under way then do not make it cut
 * again: what they report is what the cut is the answer to. So there is at most one cut in a round
 * trip. Guarded by its owner's lock.
 */
final class LastCut {
  private final Time time;
  private boolean ever;
  private long at;

  LastCut(Time time) {
    this.time = time;
  }

  /** Whether a call that ends now began after the last cut. */
  boolean isBeforeStartOf(Duration roundTrip) {
    return !ever || time.nanos() - roundTrip.toNanos() - at >= 0;
  }

  void now() {
    ever = true;
    at = time.nanos();
  }
}
