package ai.powertools.session;

/**
 * What a sweep removed for good.
 *
 * @param sessions that had expired
 * @param entries values and entries of logs that had expired
 * @param past what was replaced or removed too long ago
 */
public record Swept(long sessions, long entries, long past) {}
