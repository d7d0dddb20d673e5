package ai.powertools.router.quality;

import ai.powertools.core.ConfigurationException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One line of a file of outcomes. */
final class OutcomeLine {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Boolean> answers = new HashMap<>();
  private final String where;

  private OutcomeLine(String where) {
    this.where = where;
  }

  /**
   * The row that a line is.
   *
   * @param where the file and the line, for messages
   * @throws ConfigurationException if it is not as it should be
   */
  static Outcome parse(String line, String where) {
    OutcomeLine fields = new OutcomeLine(where);
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigurationException(where + ": a row must be a JSON object.");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.read(parser);
      }
      if (parser.nextToken() != null) {
        throw new ConfigurationException(
            where + ": the line goes on after the end of its object. Put one row on a line.");
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          where + ": this is not JSON, or has a field twice. Put one JSON object on a line.", e);
    }
    return new Outcome(
        fields.text("set"),
        fields.text("subject"),
        fields.text("prompt"),
        fields.answer("weak"),
        fields.answer("strong"));
  }

  private void read(JsonParser parser) throws IOException {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    if (value == JsonToken.VALUE_STRING) {
      texts.put(name, parser.getText());
    } else if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
      answers.put(name, value == JsonToken.VALUE_TRUE);
    } else {
      parser.skipChildren();
    }
  }

  private String text(String name) {
    String text = texts.get(name);
    if (text == null || text.isBlank()) {
      throw new ConfigurationException(
          "%s: the field \"%s\" must be a text that is not blank.".formatted(where, name));
    }
    return text;
  }

  private boolean answer(String name) {
    Boolean answer = answers.get(name);
    if (answer == null) {
      throw new ConfigurationException(
          "%s: the field \"%s\" must be true or false: whether the %s model was right."
              .formatted(where, name, name));
    }
    return answer;
  }
}
