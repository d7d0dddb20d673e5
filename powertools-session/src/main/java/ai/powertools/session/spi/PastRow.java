package ai.powertools.session.spi;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * An entry that was replaced or removed, kept for those who look back. A store gives back what it
 * was given.
 *
 * @param entry as it was
 * @param until the version that ended it: it stood from its own version up to the one before
 * @param untilAt when that was
 * @param seal a checksum of the end, and of the record that it is the end of
 */
public record PastRow(EntryRow entry, long until, Instant untilAt, long seal) {
  /** With the seal that belongs to it. */
  public PastRow(EntryRow entry, long until, Instant untilAt) {
    this(entry, until, untilAt, seal(entry, until, untilAt));
  }

  /** Whether it stood at that version of its session. */
  public boolean stoodAt(long version) {
    return entry.version() <= version && version < until;
  }

  /** Whether the end is as it was written; the record has a checksum of its own. */
  public boolean isIntact() {
    return seal == seal(entry, until, untilAt);
  }

  private static long seal(EntryRow entry, long until, Instant untilAt) {
    CRC32C crc = new CRC32C();
    crc.update(entry.record());
    crc.update(
        ByteBuffer.allocate(4 * Long.BYTES)
            .putLong(entry.version())
            .putLong(until)
            .putLong(untilAt.getEpochSecond())
            .putLong(untilAt.getNano())
            .flip());
    return crc.getValue();
  }
}
