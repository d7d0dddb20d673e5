package ai.powertools.retry;

/**
 * A circuit breaker went from one state to another.
 *
 * @param key whose it is; empty for calls without a key
 * @param from how it stood
 * @param to how it stands
 * @param failureRate the share of counted calls that failed, from 0 to 1; -1 if too few were made
 * @param slowCallRate the share of counted calls that were slow, from 0 to 1; -1 likewise
 */
public record BreakerEvent(
    String key, BreakerState from, BreakerState to, double failureRate, double slowCallRate) {}
