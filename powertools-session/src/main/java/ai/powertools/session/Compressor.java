package ai.powertools.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes values smaller by the settings, and finds the dictionary of those that are read. */
final class Compressor implements AutoCloseable {
  private static final long NO_DICTIONARY = -1;

  private final Compression settings;
  private final LongFunction<Optional<byte[]>> lookup;
  private final Map<Long, Zstd> engines = new ConcurrentHashMap<>();
  private volatile @Nullable CompressionDictionary current;
  private boolean closed;

  Compressor(Compression settings, LongFunction<Optional<byte[]>> lookup) {
    this.settings = settings;
    this.lookup = lookup;
  }

  /** Whether anything is made smaller. */
  boolean isOn() {
    return settings.on();
  }

  /** What to write with from now on; null for none. */
  void use(@Nullable CompressionDictionary dictionary) {
    this.current = dictionary;
  }

  /** A value in fewer bytes; empty when it has to stay as it is. */
  Optional<Smaller> compress(byte[] plain) {
    CompressionDictionary dictionary = current;
    int from =
        dictionary == null
            ? settings.threshold()
            : Math.min(settings.threshold(), Compression.SMALLEST_WITH_DICTIONARY);
    if (!settings.on() || plain.length < from || plain.length > settings.largest()) {
      return Optional.empty();
    }
    long id = dictionary == null ? NO_DICTIONARY : dictionary.id();
    Smaller smaller =
        new Smaller(
            id, engine(id, () -> dictionary == null ? null : dictionary.bytes()).compress(plain));
    return Optional.of(smaller).filter(s -> s.length(plain.length) < plain.length);
  }

  /**
   * The value of a compressed record.
   *
   * @throws DamagedRecordException if it is not what the header says
   * @throws SessionException if it is too large, or its dictionary is not there
   */
  byte[] decompress(RecordHeader header, byte[] payload, String where) {
    if (header.plainSize() > settings.largest()) {
      throw new SessionException(
          ("Could not read %s: it has %d bytes when it is decompressed, and at most %d are"
                  + " allowed. Raise the limit with Compression.upTo().")
              .formatted(where, header.plainSize(), settings.largest()),
          null);
    }
    return engine(header, where)
        .decompress(payload, (int) header.plainSize())
        .orElseThrow(
            () -> new DamagedRecordException(where, "it can't be decompressed to what it was"));
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Zstd engine : engines.values()) { // a reference to close() would load zstd, if it is there
      engine.close();
    }
  }

  private Zstd engine(RecordHeader header, String where) {
    try {
      Compression.LIBRARY.require();
    } catch (CodecException e) {
      throw new SessionException("Could not read " + where + ": " + e.reason(), null);
    }
    return header.hasDictionary()
        ? engine(header.dictionary(), () -> dictionary(header.dictionary(), where))
        : engine(NO_DICTIONARY, () -> null);
  }

  private byte[] dictionary(long id, String where) {
    CompressionDictionary now = current;
    if (now != null && now.id() == id) {
      return now.bytes();
    }
    String name = Long.toHexString(id);
    byte[] bytes =
        lookup
            .apply(id)
            .orElseThrow(
                () ->
                    new SessionException(
                        "Could not read "
                            + where
                            + ": compression dictionary "
                            + name
                            + " is not there. Bring it back from where it was kept.",
                        null));
    if (bytes.length == 0 || CompressionDictionary.of(bytes).id() != id) {
      throw new SessionException(
          "Could not read "
              + where
              + ": compression dictionary "
              + name
              + " was changed since it was trained. Bring it back from a backup.",
          null);
    }
    return bytes;
  }

  private Zstd engine(long id, Supplier<byte @Nullable []> dictionary) {
    Zstd engine = engines.get(id);
    return engine == null ? make(id, dictionary) : engine;
  }

  private synchronized Zstd make(long id, Supplier<byte @Nullable []> dictionary) {
    if (closed) {
      throw new IllegalStateException(Zstd.CLOSED);
    }
    return engines.computeIfAbsent(id, i -> new Zstd(settings.level(), dictionary.get()));
  }

  /** A compressed value. */
  static final class Smaller {
    private final long dictionary;
    private final byte[] bytes;

    private Smaller(long dictionary, byte[] bytes) {
      this.dictionary = dictionary;
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    RecordHeader header(byte codec, int schema, int plainSize) {
      return dictionary == NO_DICTIONARY
          ? new RecordHeader(codec, RecordHeader.ZSTD, schema, 0, plainSize, null)
          : new RecordHeader(
              codec, RecordHeader.ZSTD_WITH_DICTIONARY, schema, dictionary, plainSize, null);
    }

    /** With what the header grows by. */
    int length(int plainSize) {
      int number = dictionary == NO_DICTIONARY ? 0 : Integer.BYTES;
      return bytes.length + number + Varints.length(plainSize);
    }
  }
}
