package ai.powertools.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which file a name stands for. */
final class FileIds {
  private FileIds() {}

  static UndoRecord.FileId of(Path path) throws IOException {
    return new UndoRecord.FileId(
        ((Number) Files.getAttribute(path, "unix:dev")).longValue(),
        ((Number) Files.getAttribute(path, "unix:ino")).longValue());
  }
}
