package ai.powertools.session;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Zstd at one level, with one dictionary or none. Its native memory is held until it is closed. */
final class Zstd implements AutoCloseable {
  static final String CLOSED = "The sessions were closed. Open them again.";

  /** Closing waits for those at work: the dictionary's memory must not go while it is used. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;
  private final @Nullable ZstdDictCompress writing;
  private final @Nullable ZstdDictDecompress reading;
  private final Pool<ZstdCompressCtx> compressors;
  private final Pool<ZstdDecompressCtx> decompressors;

  Zstd(int level, byte @Nullable [] dictionary) {
    this.writing = dictionary == null ? null : new ZstdDictCompress(dictionary, level);
    this.reading = dictionary == null ? null : new ZstdDictDecompress(dictionary);
    this.compressors = new Pool<>(() -> compressor(level, writing));
    this.decompressors = new Pool<>(() -> decompressor(reading));
  }

  /** What the samples have in common, in at most {@code size} bytes. */
  static byte[] train(Collection<byte[]> samples, int total, int size) {
    try {
      ZstdDictTrainer trainer = new ZstdDictTrainer(Math.max(1, total), size);
      samples.forEach(trainer::addSample);
      return trainer.trainSamples();
    } catch (ZstdException e) {
      throw new IllegalArgumentException(
          "No dictionary can be trained with %d samples of %d bytes: %s. Give more of them."
              .formatted(samples.size(), total, e.getMessage()),
          e);
    }
  }

  byte[] compress(byte[] plain) {
    return whileOpen(() -> compressors.use(compressor -> compressor.compress(plain)));
  }

  /** Exactly so many bytes; empty when they are not what comes out. */
  Optional<byte[]> decompress(byte[] bytes, int size) {
    byte[] plain = new byte[size];
    try {
      int got =
          whileOpen(
              () ->
                  decompressors.use(
                      decompressor ->
                          decompressor.decompressByteArray(
                              plain, 0, size, bytes, 0, bytes.length)));
      return got == size ? Optional.of(plain) : Optional.empty();
    } catch (ZstdException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      closed = true;
      compressors.close();
      decompressors.close();
      if (writing != null && reading != null) {
        writing.close();
        reading.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  private <R> R whileOpen(Supplier<R> work) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(CLOSED);
      }
      return work.get();
    } finally {
      open.readLock().unlock();
    }
  }

  /** The size and the dictionary's number stand in the record, and so does a checksum. */
  private static ZstdCompressCtx compressor(int level, @Nullable ZstdDictCompress dictionary) {
    ZstdCompressCtx compressor =
        new ZstdCompressCtx()
            .setLevel(level)
            .setContentSize(false)
            .setDictID(false)
            .setChecksum(false);
    return dictionary == null ? compressor : compressor.loadDict(dictionary);
  }

  private static ZstdDecompressCtx decompressor(@Nullable ZstdDictDecompress dictionary) {
    ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    return dictionary == null ? decompressor : decompressor.loadDict(dictionary);
  }
}
