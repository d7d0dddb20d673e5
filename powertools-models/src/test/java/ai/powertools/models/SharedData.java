package ai.powertools.models;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Facts of others to check ours against, under {@code $POWERTOOLS_DATA}; never part of the build.
 */
final class SharedData {
  private SharedData() {}

  /** The file, or the test is skipped and says why. */
  static Path file(String name) {
    String folder = System.getenv("POWERTOOLS_DATA");
    assumeTrue(folder != null, "skipped: $POWERTOOLS_DATA is not set, so there is no " + name);
    Path file = Path.of(folder, name);
    assumeTrue(Files.exists(file), "skipped: there is no " + file);
    return file;
  }

  static Object json(String name) {
    try (InputStream in = Files.newInputStream(file(name))) {
      Object value = Json.read(in);
      if (value == null) {
        throw new IllegalStateException(name + " is null");
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }
}
