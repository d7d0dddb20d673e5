package ai.powertools.router.providers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** The JSON of vendors, as trees. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written", e);
    }
  }

  /**
   * The object that the text is.
   *
   * @throws JsonProcessingException if it is anything else
   */
  static JsonNode parse(String text) throws JsonProcessingException {
    return requireObject(MAPPER.readTree(text));
  }

  /** The same, of UTF-8. */
  static JsonNode parse(byte[] utf8) throws JsonProcessingException {
    try {
      return requireObject(MAPPER.readTree(utf8));
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      // Bytes that are no UTF-8 make Jackson throw what a broken file would.
      throw new NotJsonException(String.valueOf(e.getMessage()));
    }
  }

  /** The same, of a part of some bytes. */
  static JsonNode parse(byte[] utf8, int from, int length) throws JsonProcessingException {
    try {
      return requireObject(MAPPER.readTree(utf8, from, length));
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new NotJsonException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A text that is known to be JSON, as the schemas of tools are.
   *
   * @throws IllegalArgumentException if it is not
   */
  static JsonNode known(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is not JSON.", e);
    }
  }

  /** The object that a text is; an empty one if it is anything else. */
  static ObjectNode objectOr(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return node instanceof ObjectNode object ? object : object();
    } catch (JsonProcessingException e) {
      return object();
    }
  }

  /** Anything that can be written as JSON, as a tree. */
  static JsonNode tree(Object value) {
    return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
  }

  /** Merges objects into objects; anything else takes the place of what was there. */
  static void merge(ObjectNode into, Map<String, Object> extras) {
    extras.forEach((name, value) -> merge(into, name, tree(value)));
  }

  private static void merge(ObjectNode into, String name, JsonNode value) {
    if (into.get(name) instanceof ObjectNode there && value instanceof ObjectNode more) {
      for (Map.Entry<String, JsonNode> field : more.properties()) {
        merge(there, field.getKey(), field.getValue());
      }
    } else {
      into.set(name, value);
    }
  }

  /** What an error's body says, if it is JSON of any shape; a missing node if not. */
  static JsonNode parseLeniently(byte[] utf8) {
    try {
      return MAPPER.readTree(utf8);
    } catch (IOException e) {
      return MissingNode.getInstance(); // not JSON: the status alone has to say it
    }
  }

  /** The text under a name; empty when it is missing, null or no text. */
  static String text(JsonNode node, String name) {
    return node.path(name).isTextual() ? node.path(name).asText() : "";
  }

  /** For input that is longer than anything a vendor sends. */
  static JsonProcessingException tooLong(String what, int limit) {
    return new StreamConstraintsException(what + " of more than " + limit + " bytes");
  }

  private static JsonNode requireObject(JsonNode node) throws JsonProcessingException {
    if (!node.isObject()) {
      throw new NotJsonException("not a JSON object");
    }
    return node;
  }

  private static final class NotJsonException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
      super(message);
    }
  }
}
