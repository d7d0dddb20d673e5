package ai.powertools.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A session in a list.
 *
 * @param name what it was opened by
 * @param createdAt when it was first opened
 * @param touchedAt when something was last written to it
 * @param version how many transactions changed it
 * @param entries how many values, entries of logs and snapshots are in it
 * @param expiresAt from when on it is gone, if ever
 */
public record SessionInfo(
    String name,
    Instant createdAt,
    Instant touchedAt,
    long version,
    long entries,
    Optional<Instant> expiresAt) {}
