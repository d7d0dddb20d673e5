package ai.powertools.logging;

import ai.powertools.core.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a log file that {@link LogFile} wrote. Lines that are no events, such as a last one
 * that was torn by a crash, are counted and passed over. Immutable, and all in memory.
 */
public final class LogReader {
  private final List<LogRecord> records;
  private final long badLines;

  private LogReader(List<LogRecord> records, long badLines) {
    this.records = List.copyOf(records);
    this.badLines = badLines;
  }

  /**
   * Reads a file, and before it the older ones {@code name.5} to {@code name.1} that are there.
   *
   * @throws ConfigurationException if there is no such file or it can't be read
   */
  public static LogReader read(Path file) {
    List<LogRecord> records = new ArrayList<>();
    long bad = 0;
    for (int age = LogFile.KEPT; age > 0; age--) {
      Path older = file.resolveSibling(file.getFileName() + "." + age);
      bad += Files.exists(older) ? readOne(older, records) : 0;
    }
    bad += readOne(file, records);
    return new LogReader(records, bad);
  }

  /** All events, the oldest first. */
  public List<LogRecord> records() {
    return records;
  }

  /** The same, as a stream. */
  public Stream<LogRecord> stream() {
    return records.stream();
  }

  /** The events of one trace, the oldest first. */
  public List<LogRecord> withTrace(String traceId) {
    return stream().filter(record -> traceId.equals(record.text("trace_id"))).toList();
  }

  /** How many lines were no events. */
  public long badLines() {
    return badLines;
  }

  private static long readOne(Path file, List<LogRecord> into) {
    long bad = 0;
    // Not Files.newBufferedReader, which refuses the whole file for one torn character.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        LogRecord record = line.isBlank() ? null : parse(line);
        if (record != null) {
          into.add(record);
        } else if (!line.isBlank()) {
          bad++;
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read the log "
              + file
              + ": "
              + e.getClass().getSimpleName()
              + ". Name a file that LogFile wrote and that this user may read.",
          e);
    }
    return bad;
  }

  private static @Nullable LogRecord parse(String line) {
    Map<String, @Nullable Object> fields = JsonLine.parse(line);
    if (fields == null) {
      return null;
    }
    try {
      Instant ts = Instant.parse(take(fields, "ts"));
      return new LogRecord(
          ts, take(fields, "level"), take(fields, "logger"), take(fields, "event"), fields);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String take(Map<String, @Nullable Object> fields, String field) {
    return fields.remove(field) instanceof String text ? text : "";
  }
}
