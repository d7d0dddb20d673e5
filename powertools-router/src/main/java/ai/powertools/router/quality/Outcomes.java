package ai.powertools.router.quality;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads judged prompts from a file of JSON lines. Each line is an object with the texts {@code
 * set}, {@code subject} and {@code prompt}, and {@code weak} and {@code strong}, each true or
 * false. Other fields are not looked at; blank lines are no rows.
 */
public final class Outcomes {
  /** More is no file of prompts; a slip such as a disk image should not fill memory. */
  private static final long MOST_BYTES = 512L << 20;

  private Outcomes() {}

  /**
   * All rows of a file, in their order.
   *
   * @throws ConfigurationException if the file can't be read, has no row, or has any row that is
   *     not as it should be; the message names the file, the line and the field
   */
  public static List<Outcome> read(Path jsonl) {
    byte[] bytes = bytes(jsonl);
    List<Outcome> outcomes = new ArrayList<>();
    int number = 0;
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      number++;
      String line = decoded(bytes, start, end - start, jsonl + ", line " + number);
      if (!line.isBlank()) {
        outcomes.add(OutcomeLine.parse(line, jsonl + ", line " + number));
      }
      start = end + 1;
    }
    if (outcomes.isEmpty()) {
      throw new ConfigurationException(
          "%s has no rows. Give a file with one JSON object a line.".formatted(jsonl));
    }
    return List.copyOf(outcomes);
  }

  private static byte[] bytes(Path jsonl) {
    try {
      if (Files.size(jsonl) > MOST_BYTES) {
        throw new ConfigurationException(
            "%s is larger than %d MiB. Give a part of it.".formatted(jsonl, MOST_BYTES >> 20));
      }
      return Files.readAllBytes(jsonl);
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read the outcomes of %s: %s. Check the path."
              .formatted(jsonl, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String decoded(byte[] bytes, int from, int length, String where) {
    try {
      String line =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, length))
              .toString();
      boolean marked = from == 0 && line.startsWith("\uFEFF");
      return marked ? line.substring(1) : line;
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          where + ": this is no UTF-8 text. Convert the file to UTF-8 first.", e);
    }
  }
}
