package ai.powertools.ratelimit;

import java.time.Duration;

/**
 * Finds out how many calls at once a provider bears, from how calls end.
 *
 * <p>Implementations are safe for use by many threads, and quick: they are asked for every call.
 */
public interface ConcurrencyControl {

  /** How many calls at once there should be now; at least one. */
  int limit();

  /**
   * A call ended, just now.
   *
   * @param roundTrip how long it took, without the wait for its permit
   * @param inFlightAtStart how many calls were in flight when it began, itself included
   * @param outcome how it ended
   */
  void onEnd(Duration roundTrip, int inFlightAtStart, Outcome outcome);
}
