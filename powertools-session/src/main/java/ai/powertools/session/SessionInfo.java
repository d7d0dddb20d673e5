package ai.powertools.session;

import java.time.Instant;

/**
 * A session in a list.
 *
 * @param name what it was opened by
 * @param createdAt when it was first opened
 * @param touchedAt when something was last written to it
 */
public record SessionInfo(String name, Instant createdAt, Instant touchedAt) {}
