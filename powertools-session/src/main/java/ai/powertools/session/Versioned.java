package ai.powertools.session;

import java.time.Instant;

/**
 * A value with what it takes to replace it only if nobody else did meanwhile: {@link
 * SessionEdit#replace}.
 *
 * @param <T> what it is
 * @param value the value
 * @param version of the session that set it
 * @param at when
 */
public record Versioned<T>(T value, long version, Instant at) {}
