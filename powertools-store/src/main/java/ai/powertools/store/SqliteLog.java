package ai.powertools.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * SQLite's write-ahead log, to be flushed apart from its commits. A commit under {@code
 * synchronous=FULL} is one under {@code NORMAL} and a flush of this file, which the next commits
 * would have to wait for (sqlite.org/pragma.html#pragma_synchronous); a flush by another handle
 * does the same, since it is the file's and not the handle's.
 *
 * <p>The file is there as long as a connection is open. SQLite keeps its locks on other files, so
 * that closing the handle gives none of them up (sqlite.org/howtocorrupt.html, 2.2). For one thread
 * at a time.
 */
final class SqliteLog implements AutoCloseable {
  private final Path file;
  private @Nullable FileChannel channel;

  SqliteLog(Path database) {
    this.file = of(database);
  }

  /** The log of a database. */
  static Path of(Path database) {
    return database.resolveSibling(database.getFileName() + "-wal");
  }

  synchronized void flush() throws IOException {
    FileChannel log = channel;
    if (log == null || !log.isOpen()) { // an interrupt closes it
      log = FileChannel.open(file, StandardOpenOption.WRITE);
      channel = log;
      flushFolder();
    }
    log.force(false);
  }

  /** A file that was made a moment ago must be found again, too. */
  private void flushFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
        entry.force(true);
      }
    }
  }

  @Override
  public synchronized void close() {
    FileChannel log = channel;
    channel = null;
    if (log != null) {
      try {
        log.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Could not close " + file + ".", e);
      }
    }
  }
}
