package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a YAML file that knows its line, so that an error can name it. All scalars are text;
 * what they mean is for whoever reads them.
 */
sealed interface YamlNode {
  /** Where it begins, from 1. */
  int line();

  /** Keys and values. */
  record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {}

  /** A list. */
  record Items(int line, List<YamlNode> items) implements YamlNode {}

  /** A text, number, boolean or nothing. */
  record Scalar(int line, String text) implements YamlNode {}

  /**
   * Reads a file.
   *
   * @throws ConfigurationException if it can't be read or is no YAML
   */
  static YamlNode read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read " + file + ": " + e + ". Check the path and its permissions.", e);
    }
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      return parser.nextToken() == null ? new Mapping(1, Map.of()) : node(parser);
    } catch (JsonProcessingException e) {
      // Without the cause: the parser quotes the lines around, and a key may stand in them.
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new ConfigurationException(
          "%s, line %d: this is no YAML. Check the indentation, colons and quotes there."
              .formatted(file, line));
    } catch (IOException e) {
      throw new ConfigurationException("Could not read " + file + ": " + e, e);
    }
  }

  private static YamlNode node(JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, YamlNode> entries = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        entries.put(key, node(parser));
      }
      return new Mapping(line, entries);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser));
      }
      return new Items(line, items);
    }
    return new Scalar(line, parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText());
  }
}
