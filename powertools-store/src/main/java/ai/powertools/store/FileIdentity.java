package ai.powertools.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file a name stood for when it was opened. A file that is deleted or replaced while it is
 * open goes on taking what is written to it, until nobody has it open: then all of it is gone.
 */
final class FileIdentity {
  private final Path file;
  private final @Nullable Object key;

  FileIdentity(Path file) {
    this.file = file;
    this.key = key(file);
  }

  /** Whether the name stands for the same file; true where the system can't tell them apart. */
  boolean isSame() {
    return Objects.equals(key, key(file));
  }

  private static @Nullable Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return "none";
    }
  }
}
