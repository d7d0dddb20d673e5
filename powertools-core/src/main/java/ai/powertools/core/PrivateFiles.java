package ai.powertools.core;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that only their owner can read, from the moment they are made. Where a file system knows no
 * permissions of POSIX, such as on Windows, they are as private as their folder.
 */
public final class PrivateFiles {
  private static final FileAttribute<?>[] NONE = new FileAttribute<?>[0];

  private PrivateFiles() {}

  /** What to make a file with. */
  public static FileAttribute<?>[] ofFile(Path file) {
    return permissions(file, "rw-------");
  }

  /** What to make a folder with. */
  public static FileAttribute<?>[] ofFolder(Path folder) {
    return permissions(folder, "rwx------");
  }

  /**
   * Makes a file that is not there yet, to be written in UTF-8.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there
   * @throws IOException if it can't be made
   */
  public static Writer newWriter(Path file) throws IOException {
    Set<OpenOption> isNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new BufferedWriter(
        Channels.newWriter(
            Files.newByteChannel(file, isNew, ofFile(file)), StandardCharsets.UTF_8));
  }

  private static FileAttribute<?>[] permissions(Path path, String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : NONE;
  }
}
