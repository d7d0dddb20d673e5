package ai.powertools.cli;

import ai.powertools.session.LogEntry;
import ai.powertools.session.SessionInfo;
import ai.powertools.session.SessionView;
import ai.powertools.session.TypeOf;
import ai.powertools.session.Versioned;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Sessions as JSON. */
final class SessionJson {
  static final TypeOf<JsonNode> ANY = TypeOf.of(JsonNode.class);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SessionJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String of(SessionInfo info) {
    ObjectNode json = object();
    json.put("name", info.name())
        .put("version", info.version())
        .put("entries", info.entries())
        .put("created_at", info.createdAt().toString())
        .put("touched_at", info.touchedAt().toString())
        .put("expires_at", info.expiresAt().map(Instant::toString).orElse(null));
    return text(json);
  }

  /** All of a session in one object. */
  static String of(SessionView session) {
    ObjectNode json = object();
    json.put("name", session.name()).put("version", session.version());
    ObjectNode values = json.putObject("values");
    for (String key : session.keys()) {
      session.versioned(key, ANY).ifPresent(found -> values.set(key, value(found)));
    }
    ObjectNode logs = json.putObject("logs");
    for (String log : session.logs()) {
      ArrayNode entries = logs.putArray(log);
      session.last(log, Integer.MAX_VALUE, ANY).forEach(found -> entries.add(entry(found)));
    }
    return text(json);
  }

  static ObjectNode value(Versioned<JsonNode> found) {
    ObjectNode json = object();
    json.put("version", found.version()).put("at", found.at().toString());
    json.set("value", found.value());
    return json;
  }

  static ObjectNode entry(LogEntry<JsonNode> found) {
    ObjectNode json = object();
    json.put("seq", found.seq()).put("version", found.version()).put("at", found.at().toString());
    json.set("value", found.value());
    return json;
  }

  /**
   * On one line. What would move a terminal's cursor is written as an escape: it can only be within
   * a text, where that means the same.
   */
  static String text(JsonNode json) {
    StringBuilder line = new StringBuilder();
    json.toString()
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                for (char unit : Character.toChars(c)) {
                  line.append("\\u%04x".formatted((int) unit));
                }
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }
}
