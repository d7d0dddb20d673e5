package ai.powertools.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON to be filled in, and as it goes over the wire. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The object in this text; an empty one if it is anything else. */
  static ObjectNode objectOf(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object ? object : object();
    } catch (JsonProcessingException e) {
      return object();
    }
  }

  /** A server-sent event without a name. */
  static String event(JsonNode data) {
    return "data: " + data + "\n\n";
  }

  /** A server-sent event that is named like the type of its data. */
  static String typedEvent(JsonNode data) {
    return "event: " + data.path("type").asText() + "\n" + event(data);
  }
}
