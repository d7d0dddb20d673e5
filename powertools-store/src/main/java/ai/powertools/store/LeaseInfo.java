package ai.powertools.store;

import java.time.Instant;

/**
 * A lease as the store knows it. Immutable.
 *
 * @param name what it is for
 * @param holder who has it
 * @param token its number; of two leases of one name the later one has the greater
 * @param expiresAt from when on another may take it, by the clock of whoever wants it
 */
public record LeaseInfo(String name, String holder, long token, Instant expiresAt) {}
