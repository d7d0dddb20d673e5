package ai.powertools.session;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The end of a file of a backup.
 *
 * @param sessions how many were there
 * @param entries how many rows of the present and the past are in the file
 * @param shared how many things that belong to all sessions
 */
record BackupCounts(long sessions, long entries, long shared) {
  static final BackupCounts NONE = new BackupCounts(0, 0, 0);

  private static final int NUMBERS = 3 * Long.BYTES;

  /** With a frame more. */
  BackupCounts and(FrameKind kind) {
    return switch (kind) {
      case SESSION -> new BackupCounts(sessions + 1, entries, shared);
      case ENTRY, PAST -> new BackupCounts(sessions, entries + 1, shared);
      case SHARED -> new BackupCounts(sessions, entries, shared + 1);
      case HEADER, BLOCKS, END -> this;
    };
  }

  byte[] toByteArray(byte[] digest) {
    return new BytesOut()
        .number(sessions)
        .number(entries)
        .number(shared)
        .bytes(digest)
        .toByteArray();
  }

  static BackupCounts of(byte[] end) {
    BytesIn in = new BytesIn(end);
    return new BackupCounts(in.number(), in.number(), in.number());
  }

  /** The digest behind them, in hexadecimal digits. */
  static String digest(byte[] end) {
    return HexFormat.of()
        .formatHex(new BytesIn(Arrays.copyOfRange(end, NUMBERS, end.length)).bytes());
  }
}
