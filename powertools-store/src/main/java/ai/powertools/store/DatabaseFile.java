package ai.powertools.store;

import ai.powertools.core.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes files that their owner alone can read. SQLite gives the log beside a file the same mode.
 */
final class DatabaseFile {
  private DatabaseFile() {}

  /** Makes an empty file, and the folders to it, where they are not there. */
  static void create(Path file) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        createFolders(parent);
      }
      if (!Files.exists(file)) {
        createFile(file);
        if (parent != null) {
          flush(parent);
        }
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.READ_ONLY,
          "Could not create %s: %s. Name a file in a folder that this user may write to."
              .formatted(file, reason(e)),
          e);
    }
    if (Files.isDirectory(file)) {
      throw new StoreException(
          StoreException.Kind.READ_ONLY,
          "Could not open %s: it is a folder. Name a file.".formatted(file),
          null);
    }
  }

  /** Where it really lies, behind all links. */
  static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // gone again; who opens it will say so
    }
  }

  private static void createFolders(Path folder) throws IOException {
    Path above = folder.getParent();
    if (above == null || Files.exists(folder)) {
      return;
    }
    createFolders(above);
    Files.createDirectories(folder, PrivateFiles.ofFolder(folder));
    flush(above);
  }

  /** Makes the entry of something new durable, without which its content is of no use. */
  static void flush(Path folder) throws IOException {
    if (!isPosix(folder) || !Files.isReadable(folder)) {
      return; // Windows opens no folders, and this one may be for writing only
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, PrivateFiles.ofFile(file));
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker: the same file, made in the same way.
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " (" + e.getMessage() + ")";
  }
}
