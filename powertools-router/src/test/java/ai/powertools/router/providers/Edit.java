package ai.powertools.router.providers;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One change of a JSON text: {@code set POINTER VALUE}, {@code remove} or {@code rename}. */
record Edit(String verb, JsonPointer place, String value) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Edit parse(String text) {
    String[] words = text.split(" ", 3);
    return new Edit(words[0], JsonPointer.compile(words[1]), words.length > 2 ? words[2] : "");
  }

  /** A changed copy; what is removed or renamed must be there. */
  JsonNode applied(JsonNode body) {
    JsonNode result = body.deepCopy();
    JsonNode parent = result.at(place.head());
    String name = place.last().getMatchingProperty();
    if (!verb.equals("set") && !parent.has(name)) {
      throw new IllegalArgumentException("nothing to " + verb + " at " + place);
    }
    switch (verb) {
      case "set" -> set(parent, name);
      case "remove" -> ((ObjectNode) parent).remove(name);
      case "rename" -> ((ObjectNode) parent).set(value, ((ObjectNode) parent).remove(name));
      default -> throw new IllegalArgumentException("no such edit: " + verb);
    }
    return result;
  }

  private void set(JsonNode parent, String name) {
    try {
      JsonNode wanted = JSON.readTree(value);
      if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(name), wanted);
      } else {
        ((ObjectNode) parent).set(name, wanted);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + value, e);
    }
  }
}
