package ai.powertools.session;

/**
 * Whether and when what is written is compressed, with zstd. A value that does not get smaller is
 * kept as it is. What is there is read either way.
 *
 * <p>Needs {@code com.github.luben:zstd-jni} where it is on, or where compressed values are read.
 *
 * @param on whether anything is compressed
 * @param threshold the size in bytes from which on values are, 0 or more; with a dictionary, those
 *     of {@value #SMALLEST_WITH_DICTIONARY} bytes or more are too
 * @param level from 1, the fastest, to 22
 * @param largest how many bytes a value may have when it is decompressed, 1 or more; a larger one
 *     is not compressed when it is written, and refused when it is read
 */
public record Compression(boolean on, int threshold, int level, int largest) {
  /** From this size on a dictionary is tried, in bytes. */
  public static final int SMALLEST_WITH_DICTIONARY = 32;

  static final Library LIBRARY =
      new Library("com.github.luben.zstd.ZstdCompressCtx", "com.github.luben:zstd-jni");

  /** Chat messages get hardly smaller in sum when even smaller ones are compressed. */
  private static final int THRESHOLD = 128;

  private static final int LEVEL = 3;
  private static final int LARGEST = 256 << 20;

  /**
   * Settings.
   *
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public Compression {
    if (threshold < 0) {
      throw new IllegalArgumentException("A threshold is 0 bytes or more, not " + threshold);
    }
    if (level < 1 || level > 22) {
      throw new IllegalArgumentException("A level of zstd is from 1 to 22, not " + level);
    }
    if (largest < 1) {
      throw new IllegalArgumentException("The largest value has 1 byte or more, not " + largest);
    }
  }

  /** Nothing is compressed; compressed values up to 256 MB are read. */
  public static Compression off() {
    return new Compression(false, THRESHOLD, LEVEL, LARGEST);
  }

  /**
   * Values from 128 bytes on are compressed at level 3; up to 256 MB are read.
   *
   * @throws CodecException if zstd-jni is absent
   */
  public static Compression zstd() {
    LIBRARY.require();
    return new Compression(true, THRESHOLD, LEVEL, LARGEST);
  }

  /** The same with another threshold. */
  public Compression from(int bytes) {
    return new Compression(on, bytes, level, largest);
  }

  /** The same at another level. */
  public Compression level(int another) {
    return new Compression(on, threshold, another, largest);
  }

  /** The same with another limit for what is decompressed. */
  public Compression upTo(int bytes) {
    return new Compression(on, threshold, level, bytes);
  }
}
