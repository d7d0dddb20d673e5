package ai.powertools.session;

import java.time.Instant;

/**
 * An entry of a log.
 *
 * @param <T> what it is
 * @param seq its number in the log; the first that was ever appended is 1
 * @param version of the session that appended it
 * @param at when
 * @param value what was appended
 */
public record LogEntry<T>(long seq, long version, Instant at, T value) {}
