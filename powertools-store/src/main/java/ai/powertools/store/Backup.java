package ai.powertools.store;

import ai.powertools.core.PrivateFiles;
import ai.powertools.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A copy that is there as a whole or not at all: it is written under another name beside its place,
 * and takes its name once the disk has it.
 */
final class Backup {
  private final Path file;

  Backup(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * @param copy fills a file that is there and empty
   */
  void make(Consumer<Path> copy) {
    if (Files.exists(file)) {
      throw new StoreException(
          Kind.MISUSE,
          "Could not back up to %s: it is there already, and is not overwritten. Name a new file."
              .formatted(file),
          null);
    }
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.createFile(part, PrivateFiles.ofFile(part));
      try {
        copy.accept(part);
        flush(part);
        Files.move(part, file); // refuses where a file came to be meanwhile
      } finally {
        Files.deleteIfExists(part);
      }
      DatabaseFile.flush(file.resolveSibling("."));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void flush(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static StoreException failed(Path file, IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return new StoreException(
        full ? Kind.FULL : Kind.READ_ONLY,
        "Could not back up to %s: %s. Name a new file, in a folder that this user may write to and that has room for it."
            .formatted(file, DatabaseFile.reason(e)),
        e);
  }
}
