package ai.powertools.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What small values have in common, so that it need not be in each of them. It is trained once with
 * samples, and needed for as long as there are values that were compressed with it.
 *
 * <p>It holds pieces of the samples: keep it as you keep them, and train none with secrets where
 * values are encrypted. Immutable.
 */
public final class CompressionDictionary {
  private static final int LARGEST = 32 << 10;
  private static final int SMALLEST = 256;

  private final byte[] bytes;
  private final long id;

  private CompressionDictionary(byte[] bytes) {
    this.bytes = bytes;
    this.id = idOf(bytes);
  }

  /**
   * A dictionary of up to 32 KB for values like these.
   *
   * @param samples values as they are before compression; some hundreds at least, best about a
   *     hundred times as many bytes as the dictionary shall have
   * @throws IllegalArgumentException if they are too few, or have too little in common
   * @throws CodecException if zstd-jni is absent
   */
  public static CompressionDictionary train(Collection<byte[]> samples) {
    Compression.LIBRARY.require();
    long total = samples.stream().mapToLong(sample -> sample.length).sum();
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Samples of 2 GB or more are too many. Give fewer.");
    }
    int size = (int) Math.max(SMALLEST, Math.min(LARGEST, total / 4));
    return new CompressionDictionary(Zstd.train(samples, (int) total, size));
  }

  /**
   * The dictionary of these bytes, which {@link #bytes()} gave.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static CompressionDictionary of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("A dictionary of no bytes is none.");
    }
    return new CompressionDictionary(bytes.clone());
  }

  /** What it is found by: the first 32 bits of the SHA-256 of its bytes, from 0 to 2^32 - 1. */
  public long id() {
    return id;
  }

  /** A copy of its bytes, to be kept. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Its size in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompressionDictionary dictionary
        && Arrays.equals(bytes, dictionary.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its number and size, nothing of what it holds. */
  @Override
  public String toString() {
    return "compression dictionary " + Long.toHexString(id) + " of " + bytes.length + " bytes";
  }

  private static long idOf(byte[] bytes) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(sha256(bytes)).getInt());
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
