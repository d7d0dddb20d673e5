package ai.powertools.retry.report;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Events as JSON. The names of fields are part of the format; durations are ISO-8601, as in {@code
 * PT0.25S}, and moments too.
 */
final class EventJson {
  /** Grows when a reader of the format before would misunderstand it. */
  static final int VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EventJson() {}

  /** One line, without its end. */
  static String line(ErrorEvent event) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("version", VERSION);
    node.setAll(toNode(event));
    return node.toString();
  }

  static ObjectNode toNode(ErrorEvent event) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("when", event.when().toString());
    node.put("key", event.key());
    node.put("kind", event.kind().name());
    node.put("type", event.type());
    node.put("message", event.message());
    node.put("outcome", event.outcome().name());
    node.put("failures", event.failures());
    node.put("waited", event.waited().toString());
    ArrayNode attempts = node.putArray("attempts");
    for (AttemptSummary attempt : event.attempts()) {
      ObjectNode one = attempts.addObject();
      one.put("number", attempt.number());
      one.put("duration", attempt.duration().toString());
      one.put("waited", attempt.waited().toString());
      one.put("kind", attempt.kind().name());
      one.put("type", attempt.type());
      one.put("message", attempt.message());
    }
    return node;
  }

  /** Whether a line is a whole object of JSON, whatever is in it. */
  static boolean isWhole(String line) {
    try {
      return MAPPER.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /**
   * The event of a line.
   *
   * @throws IllegalArgumentException if the line is not one of this version
   */
  static ErrorEvent read(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      int version = required(node, "version").intValue();
      if (version != VERSION) {
        throw new IllegalArgumentException("version " + version + " is not " + VERSION);
      }
      return new ErrorEvent(
          Instant.parse(text(node, "when")),
          text(node, "key"),
          ErrorKind.valueOf(text(node, "kind")),
          text(node, "type"),
          text(node, "message"),
          Outcome.valueOf(text(node, "outcome")),
          required(node, "failures").intValue(),
          Duration.parse(text(node, "waited")),
          attempts(required(node, "attempts")));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("a value can't be read: " + e.getMessage(), e);
    }
  }

  private static List<AttemptSummary> attempts(JsonNode nodes) {
    List<AttemptSummary> attempts = new ArrayList<>();
    for (JsonNode node : nodes) {
      attempts.add(
          new AttemptSummary(
              required(node, "number").intValue(),
              Duration.parse(text(node, "duration")),
              Duration.parse(text(node, "waited")),
              ErrorKind.valueOf(text(node, "kind")),
              text(node, "type"),
              text(node, "message")));
    }
    return attempts;
  }

  private static String text(JsonNode node, String field) {
    return required(node, field).asText();
  }

  private static JsonNode required(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("field \"" + field + "\" is missing");
    }
    return value;
  }
}
