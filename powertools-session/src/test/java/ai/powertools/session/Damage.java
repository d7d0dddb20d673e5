package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;

/** Rows as a disk that forgets might give them back. */
final class Damage {
  private Damage() {}

  /** Another version, which the seal does not fit. */
  static SessionRow version(SessionRow head) {
    return new SessionRow(
        head.id(),
        head.name(),
        head.createdAt(),
        head.touchedAt(),
        head.version() + 1_000_000,
        head.lock(),
        head.expiresAt(),
        head.slide(),
        head.history(),
        head.contents(),
        head.seal());
  }

  /** One bit of the record fell over. */
  static EntryRow record(EntryRow row) {
    byte[] record = row.record().clone();
    record[record.length / 2] ^= 1;
    return new EntryRow(
        row.session(),
        row.name(),
        row.seq(),
        row.version(),
        row.at(),
        row.expiresAt(),
        row.slide(),
        record);
  }
}
