package ai.powertools.retry.classify;

import ai.powertools.core.ConfigurationException;
import ai.powertools.retry.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that ships with this library: columns with tabs between, {@code #} at the
 * start of a line for a comment. Every error names file, line and remedy.
 */
final class DataFile {
  private DataFile() {}

  /**
   * One row.
   *
   * @param file the name of the file
   * @param line where it stands, from 1
   * @param cells its columns
   */
  record Row(String file, int line, List<String> cells) {
    String text(int column) {
      return cells.get(column);
    }

    int number(int column) {
      try {
        return Integer.parseInt(text(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "give a whole number", e);
      }
    }

    ErrorKind kind(int column) {
      try {
        return ErrorKind.valueOf(text(column).toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw wrong(column, "give transient, throttled, permanent, unknown or cancelled", e);
      }
    }

    URI source(int column) {
      try {
        return URI.create(text(column));
      } catch (IllegalArgumentException e) {
        throw wrong(column, "give the address of a page", e);
      }
    }

    LocalDate date(int column) {
      try {
        return LocalDate.parse(text(column));
      } catch (DateTimeException e) {
        throw wrong(column, "give a day, as in 2026-11-27", e);
      }
    }

    ConfigurationException wrong(int column, String remedy, @Nullable Exception cause) {
      return new ConfigurationException(
          "%s, line %d, column %d has \"%s\": %s."
              .formatted(file, line, column + 1, text(column), remedy),
          cause);
    }
  }

  /** The rows of a resource beside this class. */
  static List<Row> bundled(String name, int columns) {
    try (InputStream in = DataFile.class.getResourceAsStream(name)) {
      Objects.requireNonNull(in, () -> name + " is missing: build the jar with its resources");
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), columns);
    } catch (IOException e) {
      throw new ConfigurationException("The bundled %s can't be read.".formatted(name), e);
    }
  }

  static List<Row> parse(String file, String text, int columns) {
    List<Row> rows = new ArrayList<>();
    int line = 0;
    for (String row : text.split("\r?\n", -1)) {
      line++;
      if (!row.isBlank() && !row.startsWith("#")) {
        List<String> cells = List.of(row.split("\t", -1));
        if (cells.size() != columns) {
          throw new ConfigurationException(
              "%s, line %d has %d columns: give %d, with tabs between."
                  .formatted(file, line, cells.size(), columns));
        }
        rows.add(new Row(file, line, cells));
      }
    }
    return rows;
  }
}
