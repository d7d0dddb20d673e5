package ai.powertools.models;

import ai.powertools.testing.RandomInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas as tools have them. */
final class PromptSchemas {
  private PromptSchemas() {}

  static Map<String, Object> random(RandomInput input) {
    return object(input, 0);
  }

  private static Map<String, Object> object(RandomInput input, int depth) {
    Map<String, Object> properties = new LinkedHashMap<>();
    int size = input.ints(0, 4);
    for (int i = 0; i < size; i++) {
      properties.put("p" + i + input.text(8), property(input, depth + 1));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (input.chance(0.3)) {
      schema.put(input.oneOf("title", "$comment", "format"), input.text(20));
    }
    return schema;
  }

  private static Object property(RandomInput input, int depth) {
    if (depth < 3 && input.chance(0.3)) {
      return input.chance(0.5)
          ? object(input, depth)
          : Map.of("type", "array", "items", object(input, depth));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", input.chance(0.2) ? List.of("string", "null") : "string");
    if (input.chance(0.7)) {
      schema.put("description", input.text(40));
    }
    if (input.chance(0.3)) {
      schema.put("enum", input.lists(4, () -> input.text(8)));
    }
    return schema;
  }
}
