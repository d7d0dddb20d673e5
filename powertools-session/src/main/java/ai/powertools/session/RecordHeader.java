package ai.powertools.session;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a record before its payload; the bytes are told at {@link RecordFormat}.
 *
 * @param codec the number of the codec
 * @param compression {@link #PLAIN}, {@link #ZSTD} or {@link #ZSTD_WITH_DICTIONARY}
 * @param schema the version of the type's schema
 * @param dictionary the number of the dictionary, 0 without one
 * @param plainSize the size before compression, 0 where there is none
 * @param seal how it is encrypted; null when it is not
 */
record RecordHeader(
    byte codec, int compression, int schema, long dictionary, long plainSize, @Nullable Seal seal) {
  static final int PLAIN = 0;
  static final int ZSTD = 1;
  static final int ZSTD_WITH_DICTIONARY = 2;

  private static final byte FORMAT = 1;
  private static final int FIXED = 3;
  private static final int COMPRESSION = 0b0011;
  private static final int ENCRYPTED = 0b0100;
  private static final int VERSIONED = 0b1000;
  private static final int KNOWN = COMPRESSION | ENCRYPTED | VERSIONED;

  boolean hasDictionary() {
    return compression == ZSTD_WITH_DICTIONARY;
  }

  RecordHeader sealed(@Nullable Seal other) {
    return new RecordHeader(codec, compression, schema, dictionary, plainSize, other);
  }

  byte[] bytes() {
    ByteBuffer to = ByteBuffer.allocate(length());
    int flags = compression | (seal == null ? 0 : ENCRYPTED) | (schema == 0 ? 0 : VERSIONED);
    to.put(FORMAT).put(codec).put((byte) flags);
    if (schema != 0) {
      Varints.put(to, schema);
    }
    if (hasDictionary()) {
      to.putInt((int) dictionary);
    }
    if (compression != PLAIN) {
      Varints.put(to, plainSize);
    }
    if (seal != null) {
      seal.put(to);
    }
    return to.array();
  }

  private int length() {
    return FIXED
        + (schema == 0 ? 0 : Varints.length(schema))
        + (hasDictionary() ? Integer.BYTES : 0)
        + (compression == PLAIN ? 0 : Varints.length(plainSize))
        + (seal == null ? 0 : seal.length());
  }

  /**
   * The header of a record whose checksum fits; the buffer is then at the payload.
   *
   * @throws SessionException if a newer program wrote it
   * @throws DamagedRecordException if there is no end to it
   */
  static RecordHeader get(ByteBuffer from, String where) {
    try {
      byte format = from.get();
      byte codec = from.get();
      int flags = from.get();
      if (format != FORMAT || (flags & ~KNOWN) != 0 || (flags & COMPRESSION) == COMPRESSION) {
        throw new SessionException(
            "Could not read "
                + where
                + ": a newer version of this library wrote it (format "
                + format
                + ", flags "
                + flags
                + "). Update the library of this program.",
            null);
      }
      int compression = flags & COMPRESSION;
      int schema = (flags & VERSIONED) == 0 ? 0 : Varints.get(from);
      long dictionary =
          compression == ZSTD_WITH_DICTIONARY ? Integer.toUnsignedLong(from.getInt()) : 0;
      long plainSize = compression == PLAIN ? 0 : Varints.get(from);
      Seal seal = (flags & ENCRYPTED) == 0 ? null : Seal.get(from);
      return new RecordHeader(codec, compression, schema, dictionary, plainSize, seal);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DamagedRecordException(where, "its header is not whole");
    }
  }
}
