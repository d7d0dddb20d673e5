package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that an option names, to be written whole or not at all.
 *
 * @param option as in {@code --out}, for messages
 * @param name as it was given
 * @param force whether one that is there is replaced
 */
record OutFile(String option, String name, boolean force) {

  /**
   * To be called before any work is done.
   *
   * @throws ConfigurationException if the file is there and must not be replaced
   */
  void check(Terminal terminal) {
    if (!force && Files.exists(terminal.folder().resolve(name))) {
      throw isThere();
    }
  }

  /**
   * Writes all of it; what could not be written as a whole leaves no file.
   *
   * @throws ConfigurationException if it can't be written
   */
  void write(Terminal terminal, OutOptions.Content content) {
    try {
      write(terminal.folder().resolve(name), content);
    } catch (FileAlreadyExistsException e) {
      throw isThere();
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigurationException(
          "Could not write %s %s: %s. Check that its folder is there and has room."
              .formatted(option, name, reason(e)),
          e);
    }
  }

  /** Beside the file first, under a name that nobody else has and with nobody else's rights. */
  private void write(Path file, OutOptions.Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(folder, ".powertools", ".part");
    try {
      try (Writer writer =
          new BufferedWriter(
              new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8))) {
        content.to(writer);
      }
      Files.move(
          part,
          file,
          force ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0]);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private ConfigurationException isThere() {
    return new ConfigurationException(
        "%s %s is there already. Name another file, or replace it with --force."
            .formatted(option, name));
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    return (e instanceof UncheckedIOException && cause != null ? cause : e)
        .getClass()
        .getSimpleName();
  }
}
