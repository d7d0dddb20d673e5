package ai.powertools.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;

/** JSON in the vocabulary of a call: schemas, arguments, answers. */
final class JsonText {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /** The object that the text is; empty if it is anything else. */
  static Optional<JsonNode> object(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty(); // that it is none is the answer
    }
  }

  /**
   * The same text without white space between its elements.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  static String requireObject(String what, String json) {
    return object(json)
        .map(JsonNode::toString)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what
                        + " is no JSON object. Give one, as in"
                        + " {\"type\":\"object\",\"properties\":{}}."));
  }

  static <T> T as(JsonNode node, Class<T> type, String what) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      // Its own message quotes the value; the path is enough.
      throw new IllegalArgumentException(
          what + " don't fit " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }
}
