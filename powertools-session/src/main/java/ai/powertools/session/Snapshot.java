package ai.powertools.session;

import java.time.Instant;

/**
 * A state of a session that stays readable: {@link Session#at(String)}.
 *
 * @param label its name
 * @param version of the session that it holds
 * @param at when it was taken
 */
public record Snapshot(String label, long version, Instant at) {}
