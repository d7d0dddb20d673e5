package ai.powertools.retry;

/**
 * A call that had attempts which failed.
 *
 * @param key who was called; empty if nobody said
 * @param failure how; for a call that came through, the last attempt that failed
 * @param outcome how it ended all the same
 */
public record FailedCall(String key, Failure failure, Outcome outcome) {}
