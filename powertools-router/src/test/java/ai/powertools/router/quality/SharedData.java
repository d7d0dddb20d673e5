package ai.powertools.router.quality;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Judged prompts of others, under {@code $POWERTOOLS_DATA}; never part of the build. */
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
}
