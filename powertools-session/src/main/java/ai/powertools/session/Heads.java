package ai.powertools.session;

import ai.powertools.session.spi.SessionRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Heads of sessions: made, sealed with a checksum, and changed one part at a time. */
final class Heads {
  private static final SessionRow.Lock UNLOCKED = new SessionRow.Lock(0, "", Optional.empty());
  private static final int NUMBERS = 14;

  private Heads() {}

  /** A session that nothing was written to. */
  static SessionRow fresh(long id, String name, Instant now, Ttl ttl) {
    return seal(
        new SessionRow(
            id,
            name,
            now,
            now,
            0,
            UNLOCKED,
            ttl.expiry(now),
            ttl.slide(),
            new SessionRow.History(0, now, 0),
            new SessionRow.Contents(0, 0),
            0));
  }

  /**
   * The row itself.
   *
   * @throws DamagedRecordException if it is not as it was sealed
   */
  static SessionRow intact(SessionRow row) {
    if (!isIntact(row)) {
      throw new DamagedRecordException(
          "the head of session \"" + row.name() + "\"", "its checksum does not fit");
    }
    return row;
  }

  static boolean isIntact(SessionRow row) {
    return row.seal() == checksum(row);
  }

  static SessionRow locked(SessionRow row, SessionRow.Lock lock) {
    return seal(
        new SessionRow(
            row.id(),
            row.name(),
            row.createdAt(),
            row.touchedAt(),
            row.version(),
            lock,
            row.expiresAt(),
            row.slide(),
            row.history(),
            row.contents(),
            0));
  }

  static SessionRow expiring(
      SessionRow row, Optional<Instant> expiresAt, Optional<Duration> slide) {
    return seal(
        new SessionRow(
            row.id(),
            row.name(),
            row.createdAt(),
            row.touchedAt(),
            row.version(),
            row.lock(),
            expiresAt,
            slide,
            row.history(),
            row.contents(),
            0));
  }

  static SessionRow changed(
      SessionRow row,
      long version,
      Instant touchedAt,
      SessionRow.History history,
      SessionRow.Contents contents) {
    return seal(
        new SessionRow(
            row.id(),
            row.name(),
            row.createdAt(),
            touchedAt,
            version,
            row.lock(),
            row.expiresAt(),
            row.slide(),
            history,
            contents,
            0));
  }

  private static SessionRow seal(SessionRow row) {
    return new SessionRow(
        row.id(),
        row.name(),
        row.createdAt(),
        row.touchedAt(),
        row.version(),
        row.lock(),
        row.expiresAt(),
        row.slide(),
        row.history(),
        row.contents(),
        checksum(row));
  }

  /** CRC-32C: every change of up to 32 bits in a row is noticed, of others all but one in 2^32. */
  private static long checksum(SessionRow row) {
    byte[] name = row.name().getBytes(StandardCharsets.UTF_8);
    byte[] holder = row.lock().holder().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(NUMBERS * Long.BYTES + name.length + holder.length);
    bytes
        .putLong(row.id())
        .putLong(name.length)
        .put(name)
        .putLong(Moments.number(row.createdAt()))
        .putLong(Moments.number(row.touchedAt()))
        .putLong(row.version())
        .putLong(row.lock().fence())
        .put(holder)
        .putLong(Moments.number(row.lock().until()))
        .putLong(Moments.number(row.expiresAt()))
        .putLong(row.slide().map(Moments::number).orElse(0L))
        .putLong(row.history().from())
        .putLong(Moments.number(row.history().fromAt()))
        .putLong(row.history().snapshot())
        .putLong(row.contents().entries())
        .putLong(row.contents().sum());
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.position());
    return crc.getValue();
  }
}
