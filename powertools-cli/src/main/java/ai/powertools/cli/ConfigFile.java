package ai.powertools.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configuration that a command goes by. */
final class ConfigFile {
  private static final String USUAL = "powertools.yaml";

  private ConfigFile() {}

  /** The one that was named, or {@code powertools.yaml} of the folder, where it is there. */
  static Optional<Path> of(@Nullable Path named, Terminal terminal) {
    return named == null
        ? Optional.of(terminal.folder().resolve(USUAL)).filter(Files::exists)
        : Optional.of(terminal.folder().resolve(named));
  }
}
