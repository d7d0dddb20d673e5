package ai.powertools.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a write-ahead log of SQLite by its format (sqlite.org/fileformat2.html#walformat): a
 * header, and frames of one page each, whose checksums continue one another. For one use.
 */
final class LogScan {
  private static final int MAGIC = 0x377f0682; // its last bit says in which order words are summed
  private static final int VERSION = 3_007_000;
  private static final int HEADER_BYTES = 32;
  private static final int SUMMED_OF_HEADER = 24;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int SUMMED_OF_FRAME_HEADER = 8;
  private static final int SALT_AT = 8; // of a frame; two words
  private static final int SALT_OF_HEADER_AT = 16;
  private static final int CHECKSUM_AT = 16; // of a frame; two words

  private final long logBytes;
  private int sum0;
  private int sum1;
  private boolean intact = true;
  private long transactions;
  private long pages;
  private long framesAfter;
  private long bytesAfter;
  private long commitsAfter;

  private LogScan(long logBytes) {
    this.logBytes = logBytes;
  }

  /** Reads it to its end; does not close it. */
  static Recovery of(InputStream log, long logBytes) throws IOException {
    return new LogScan(logBytes).scan(new BufferedInputStream(log, 1 << 16));
  }

  private Recovery scan(InputStream log) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(log.readNBytes(HEADER_BYTES));
    if (!isHeader(header)) {
      return Recovery.unreadable(logBytes);
    }
    ByteOrder order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long salt = header.getLong(SALT_OF_HEADER_AT);
    int frameBytes = FRAME_HEADER_BYTES + header.getInt(8);
    byte[] frame = log.readNBytes(frameBytes);
    while (frame.length >= SALT_AT + Long.BYTES) {
      take(ByteBuffer.wrap(frame), frameBytes, salt, order);
      frame = log.readNBytes(frameBytes);
    }
    return new Recovery(logBytes, true, transactions, pages, framesAfter, bytesAfter, commitsAfter);
  }

  private boolean isHeader(ByteBuffer header) {
    if (header.limit() < HEADER_BYTES
        || (header.getInt(0) | 1) != (MAGIC | 1)
        || header.getInt(4) != VERSION) {
      return false;
    }
    int pageBytes = header.getInt(8);
    if (pageBytes < 512 || pageBytes > 65_536 || Integer.bitCount(pageBytes) != 1) {
      return false;
    }
    ByteOrder order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    add(header, 0, SUMMED_OF_HEADER, order);
    return sum0 == header.getInt(24) && sum1 == header.getInt(28);
  }

  private void take(ByteBuffer frame, int frameBytes, long salt, ByteOrder order) {
    if (frame.getLong(SALT_AT) != salt) {
      intact = false; // left from before the log began anew
      return;
    }
    boolean commits = frame.getInt(4) != 0;
    framesAfter++;
    bytesAfter += frame.limit();
    commitsAfter += commits ? 1 : 0;
    intact = intact && frame.limit() == frameBytes && isWhole(frame, order);
    if (intact && commits) {
      transactions++;
      pages += framesAfter;
      framesAfter = 0;
      bytesAfter = 0;
      commitsAfter = 0;
    }
  }

  private boolean isWhole(ByteBuffer frame, ByteOrder order) {
    add(frame, 0, SUMMED_OF_FRAME_HEADER, order);
    add(frame, FRAME_HEADER_BYTES, frame.limit(), order);
    return frame.getInt(0) != 0
        && sum0 == frame.getInt(CHECKSUM_AT)
        && sum1 == frame.getInt(CHECKSUM_AT + 4);
  }

  /** Two sums that take turns, over words of 32 bits. */
  private void add(ByteBuffer bytes, int from, int to, ByteOrder order) {
    ByteBuffer words = bytes.duplicate().order(order);
    for (int at = from; at < to; at += 2 * Integer.BYTES) {
      sum0 += words.getInt(at) + sum1;
      sum1 += words.getInt(at + Integer.BYTES) + sum0;
    }
  }
}
