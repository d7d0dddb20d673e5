package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes a head from what belongs to it, where its own checksum says that it can't be trusted. */
final class RebuiltHead {
  /** Nobody has given out as many tokens as this has bits for; what is above is damage. */
  private static final long TOKEN_MASK = (1L << 40) - 1;

  private static final int RANDOM_BITS = 20;

  private RebuiltHead() {}

  /**
   * The head anew, to be counted. Only id and name are taken as they are: by them it was found. Its
   * version is the highest that a row bears. The lock is free, and its token raised by more than a
   * bit that fell over can have lowered it, so that none that was given out becomes valid again. It
   * does not expire, since losing it would be worse, and before now it can be read only by its
   * snapshots.
   */
  static SessionRow of(
      SessionRow damaged, List<EntryRow> entries, List<PastRow> past, Instant now) {
    long version = 0;
    for (EntryRow row : entries) {
      version = Math.max(version, row.version());
    }
    for (PastRow row : past) {
      version = Math.max(version, row.until());
    }
    long fence = (damaged.lock().fence() & TOKEN_MASK) + RestoreRun.TOKENS;
    return new SessionRow(
        damaged.id(),
        damaged.name(),
        Instant.ofEpochMilli(damaged.id() >> RANDOM_BITS),
        now,
        version,
        new SessionRow.Lock(fence, "", Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        new SessionRow.History(version + 1, now, 0),
        new SessionRow.Contents(0, 0),
        0);
  }
}
