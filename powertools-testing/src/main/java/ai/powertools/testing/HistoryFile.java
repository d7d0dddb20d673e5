package ai.powertools.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link HistoryLog}s have written. */
public final class HistoryFile {
  private final Path file;
  private final Map<String, Operation<String, String>> operations = new LinkedHashMap<>();

  private HistoryFile(Path file) {
    this.file = file;
  }

  /**
   * The operations of all these files, in the order in which they began, without those that failed.
   * A last line without an end is left out.
   *
   * @throws UncheckedIOException if a file can't be read
   * @throws IllegalArgumentException if a line is none of a history's; the message has its number
   */
  public static List<Operation<String, String>> read(Collection<Path> files) {
    List<Operation<String, String>> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(new HistoryFile(file).read());
    }
    all.sort(Comparator.comparingLong(Operation::invoked));
    return all;
  }

  /** The same for a {@link RegisterModel}. */
  public static List<Operation<RegisterOperation, String>> registers(Collection<Path> files) {
    return read(files).stream()
        .map(one -> one.map(RegisterOperation::parse, result -> result))
        .toList();
  }

  private Collection<Operation<String, String>> read() {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
    int number = 0;
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      number++;
      take(number, text.substring(from, end).split("\t", -1));
      from = end + 1;
    }
    return operations.values();
  }

  private void take(int number, String[] fields) {
    String form = fields.length < 3 ? "" : fields[2] + " " + fields.length;
    switch (form) {
      case "begins 6" ->
          operations.put(
              fields[1],
              Operation.unanswered(
                  unescape(fields[3]),
                  unescape(fields[4]),
                  unescape(fields[5]),
                  time(number, fields[0])));
      case "answered 4" ->
          operations.put(
              fields[1], answered(begun(number, fields), fields[3], time(number, fields[0])));
      case "failed 3" -> {
        begun(number, fields);
        operations.remove(fields[1]);
      }
      case "unknown 3" -> begun(number, fields);
      default -> throw malformed(number);
    }
  }

  private static Operation<String, String> answered(
      Operation<String, String> begun, String result, long time) {
    return Operation.answered(
        begun.client(), begun.key(), begun.operation(), unescape(result), begun.invoked(), time);
  }

  private Operation<String, String> begun(int number, String[] fields) {
    Operation<String, String> begun = operations.get(fields[1]);
    if (begun == null) {
      throw malformed(number);
    }
    return begun;
  }

  private long time(int number, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed(number);
    }
  }

  private IllegalArgumentException malformed(int number) {
    return new IllegalArgumentException(
        "Line %d of %s is none of a history. Read files that a HistoryLog has written."
            .formatted(number, file));
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        plain.append(
            switch (text.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> text.charAt(i);
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
