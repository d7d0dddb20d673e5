package ai.powertools.orchestrator;

import java.nio.file.Path;
import java.util.Map;

/** The folder that a person's state and log lie in. */
final class Home {
  private Home() {}

  /** {@code $POWERTOOLS_HOME}, or {@code .powertools} in the user's own folder. */
  static Path standard(Map<String, String> environment) {
    String chosen = environment.getOrDefault("POWERTOOLS_HOME", "");
    return chosen.isBlank()
        ? Path.of(System.getProperty("user.home"), ".powertools")
        : expand(chosen);
  }

  /** A path in which {@code ~} stands for the user's own folder. */
  static Path expand(String path) {
    return path.equals("~") || path.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + path.substring(1))
        : Path.of(path);
  }

  static Path store(Path home) {
    return home.resolve("state.db");
  }

  static Path log(Path home) {
    return home.resolve("powertools.log");
  }
}
