package ai.powertools.logging.logback;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes log files that their owner alone can read, where the file system knows owners. */
final class LogFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private LogFiles() {}

  /** Makes the folders that are not there; those that are stay as they are. */
  static void createFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder, PrivateFiles.ofFolder(folder));
    }
  }

  /** Makes the file ready to be appended to: private, writable, and at the beginning of a line. */
  static void prepare(Path file) throws IOException {
    try {
      Files.createFile(file, PrivateFiles.ofFile(file));
    } catch (FileAlreadyExistsException e) {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view != null && !view.readAttributes().permissions().equals(FILE)) {
        view.setPermissions(FILE);
      }
    }
    endLastLine(file);
  }

  static ConfigurationException refusal(Path file, IOException e) {
    return new ConfigurationException(
        "Could not write a log to %s: %s (%s). Name a file in a folder that this user may write to."
            .formatted(file, e.getClass().getSimpleName().replace("Exception", ""), e.getMessage()),
        e);
  }

  /** A crash may have left half a line; the next event must not be glued to it. */
  private static void endLastLine(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      }
    }
  }
}
