package ai.powertools.logging;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read back from a log file.
 *
 * @param ts when it was logged
 * @param level its level, as in {@code INFO}
 * @param logger the logger's name
 * @param event what happened
 * @param fields the rest, in the order of the line: its fields, its context, {@code thread}, and
 *     {@code error} as a map; numbers are {@code Long}, or {@code Double} where they have a point
 */
public record LogRecord(
    Instant ts, String level, String logger, String event, Map<String, @Nullable Object> fields) {

  /** Copies the fields. */
  public LogRecord {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A field as text; null when it is not there. */
  public @Nullable String text(String field) {
    Object value = fields.get(field);
    return value == null ? null : value.toString();
  }
}
