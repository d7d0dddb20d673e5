package ai.powertools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts JSON into its parts without changing any: a number stays the digits that were written, and
 * never becomes a {@code double}. What is in a text is not repeated in messages.
 */
final class RawJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Lines.MOST_BYTES).build())
          .build();

  private RawJson() {}

  /**
   * The fields of an object, in their order; those that are null are left out.
   *
   * @param what it is, for messages
   * @throws UnreadableRowException if it is no JSON object
   */
  static Map<String, Part> fields(String what, String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableRowException(what + " must be a JSON object.");
      }
      Map<String, Part> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          fields.put(name, part(parser, json));
        }
      }
      refuseMore(what, parser);
      return fields;
    } catch (IOException e) {
      throw notJson(what, e);
    }
  }

  /**
   * The elements of a list.
   *
   * @throws UnreadableRowException if it is no JSON array
   */
  static List<Part> elements(String what, String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new UnreadableRowException(what + " must be a JSON array.");
      }
      List<Part> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(part(parser, json));
      }
      refuseMore(what, parser);
      return elements;
    } catch (IOException e) {
      throw notJson(what, e);
    }
  }

  private static Part part(JsonParser parser, String json) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return new Part(Kind.TEXT, parser.getText());
    }
    if (token == null || token.isScalarValue()) {
      return new Part(Kind.OTHER, token == null ? "" : parser.getText());
    }
    int begin = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    parser.skipChildren();
    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
    return new Part(
        token == JsonToken.START_OBJECT ? Kind.OBJECT : Kind.ARRAY, json.substring(begin, end));
  }

  private static void refuseMore(String what, JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new UnreadableRowException(
          what + " goes on after the end of its JSON. Put one value on a line.");
    }
  }

  private static UnreadableRowException notJson(String what, IOException e) {
    String place =
        e instanceof JsonProcessingException json && json.getLocation() != null
            ? ": see character " + json.getLocation().getColumnNr()
            : "";
    return new UnreadableRowException(what + " is not JSON, or has a field twice" + place + ".", e);
  }

  /** What kind of value a part is. */
  enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    /** A number, true, false or null. */
    OTHER
  }

  /**
   * A value.
   *
   * @param kind what it is
   * @param text an object or an array as it was written; else what it says
   */
  record Part(Kind kind, String text) {}
}
