package ai.powertools.session;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksum at the end of a record, over what it belongs to and all before. */
final class Checksum {
  static final int SIZE = Integer.BYTES;

  /** The golden ratio's increment, and the finisher of SplitMix64. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Checksum() {}

  /** Puts it where the last bytes of the record are. */
  static void seal(RecordId id, byte[] record) {
    int end = record.length - SIZE;
    ByteBuffer.wrap(record).putInt(end, of(id, record, end));
  }

  static boolean fits(RecordId id, byte[] record) {
    int end = record.length - SIZE;
    return end >= 0 && ByteBuffer.wrap(record).getInt(end) == of(id, record, end);
  }

  /** 64 bits that change with every byte of either; of a damaged record too. */
  static long hash(RecordId id, byte[] record) {
    int end = Math.max(0, record.length - SIZE);
    CRC32 other = new CRC32();
    other.update(id.bytes());
    other.update(record, 0, end);
    long body = ((long) of(id, record, end) << 32) | other.getValue();
    long last = record.length;
    for (int i = end; i < record.length; i++) {
      last = (last << 8) | (record[i] & 0xff);
    }
    return mix(mix(body) + last * GOLDEN);
  }

  private static int of(RecordId id, byte[] record, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(id.bytes());
    checksum.update(record, 0, end);
    return (int) checksum.getValue();
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
