package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are handed to a command. */
final class Documents {
  /** Longer texts are no input for a prompt; a slip such as a disk image should not fill memory. */
  private static final long MOST_BYTES = 64L << 20;

  private Documents() {}

  /** The text of a file, or of what is piped in where the name is a dash. */
  static String read(String name, Terminal terminal) {
    try {
      if (name.equals("-")) {
        return decode(name, terminal.in().readAllBytes());
      }
      Path file = terminal.folder().resolve(name);
      if (Files.size(file) > MOST_BYTES) {
        throw new ConfigurationException(
            "%s is larger than %d MiB. Give a part of it.".formatted(name, MOST_BYTES >> 20));
      }
      return decode(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read %s: %s. Check the path, or pipe the text in and name it -."
              .formatted(name, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String decode(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          name + " is no UTF-8 text. Convert it to a plain text first.", e);
    }
  }
}
