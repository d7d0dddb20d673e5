package ai.powertools.ratelimit;

import java.time.Instant;

/**
 * Finds out what share of its limits a limiter gets, from which calls a provider refuses: less than
 * all when the limits are not known well, or when others use the same key.
 *
 * <p>Implementations are safe for use by many threads, and quick: they are asked for every call.
 */
public interface RateControl {

  /** The share of the configured limits to go by now; more than 0, at most 1. */
  double factor();

  /** A call went through. */
  void onSuccess(Instant now);

  /** A call was refused because of a limit. */
  void onThrottled(Instant now);
}
