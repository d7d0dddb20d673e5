package ai.powertools.retry;

import java.time.Duration;

/**
 * A wait as it would be, were nothing else asked for by the other side.
 *
 * @param attempt the attempt whose failure it follows, from 1
 * @param computed by the backoff, within the cap, before jitter
 * @param least the shortest that jitter can make it
 * @param most the longest that jitter can make it
 */
public record PlannedWait(int attempt, Duration computed, Duration least, Duration most) {}
