package ai.powertools.store;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of SQLite's index of its log, which every commit of every process changes and every
 * transaction of SQLite itself begins by comparing (sqlite.org/walformat.html, 2.1): 48 bytes that
 * stand there twice, to be read only when both are the same. It lies in memory that all processes
 * share, so that looking costs nanoseconds.
 *
 * <p>SQLite's locks are on this very file, and closing <i>any</i> handle of it gives them up for
 * the whole process (sqlite.org/howtocorrupt.html, 2.2). So a handle that was opened stays open for
 * as long as the file is there, shared by all stores of the process that look at it, and is closed
 * only when the last connection to the database, which removes the file, is gone.
 *
 * <p>Safe for use by many threads.
 */
final class WalIndex {
  private static final int HEAD = 48;
  private static final int WORDS = HEAD / Long.BYTES;
  private static final int TRIES = 8;
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** By the file's own key; what is in here holds its handle open. */
  private static final Map<Object, WalIndex> OPEN = new HashMap<>();

  private final Path file;
  private final Object key;
  private final FileChannel channel;
  private final ByteBuffer memory;

  private WalIndex(Path file, Object key, FileChannel channel, ByteBuffer memory) {
    this.file = file;
    this.key = key;
    this.channel = channel;
    this.memory = memory;
  }

  /** That of a database that has a connection open; empty where it can't be looked at. */
  static Optional<WalIndex> of(Path database) {
    Path file = database.resolveSibling(database.getFileName() + "-shm");
    synchronized (OPEN) {
      closeThoseGone();
      Object key = keyOf(file);
      if (key == null) {
        return Optional.empty();
      }
      WalIndex there = OPEN.get(key);
      return there != null ? Optional.of(there) : open(file, key);
    }
  }

  private static Optional<WalIndex> open(Path file, Object key) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    MappedByteBuffer memory = null;
    try {
      if (channel.size() >= 2 * HEAD) {
        memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, 2 * HEAD);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Not to be looked at; the handle stays open all the same.
    }
    WalIndex opened =
        new WalIndex(file, key, channel, memory == null ? ByteBuffer.allocate(0) : memory);
    OPEN.put(key, opened);
    return opened.isReadable() ? Optional.of(opened) : Optional.empty();
  }

  /** What there is now; empty while it is being changed. */
  Optional<Mark> mark() {
    long[] first = new long[WORDS];
    for (int tries = 0; tries < TRIES; tries++) {
      if (isReadTwice(first)) {
        return Optional.of(new Mark(first));
      }
      Thread.onSpinWait();
    }
    return Optional.empty();
  }

  /** SQLite writes the second copy first; who reads the first one first sees no half of both. */
  private boolean isReadTwice(long[] words) {
    for (int i = 0; i < WORDS; i++) {
      words[i] = (long) WORD.getVolatile(memory, i * Long.BYTES);
    }
    for (int i = 0; i < WORDS; i++) {
      if (words[i] != (long) WORD.getVolatile(memory, HEAD + i * Long.BYTES)) {
        return false;
      }
    }
    return true;
  }

  private boolean isReadable() {
    return memory.capacity() > 0;
  }

  /** Closes the handles of files that were removed, which no connection can have a lock on. */
  static void closeThoseGone() {
    synchronized (OPEN) {
      OPEN.values()
          .removeIf(
              index -> {
                if (index.key.equals(keyOf(index.file))) {
                  return false;
                }
                closeQuietly(index.channel);
                return true;
              });
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was opened to read; there is nothing to lose.
    }
  }

  private static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
