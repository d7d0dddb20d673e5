package ai.powertools.models;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the model may call, as far as its tokens go. Two are equal when their texts are.
 * Immutable and thread-safe.
 */
public final class PromptTool {
  private final String name;
  private final String description;
  private final Map<String, @Nullable Object> schema;
  private final String parameters;

  private PromptTool(String name, String description, Map<String, @Nullable Object> schema) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "The name of a tool is blank. Give the one that the model is to call it by.");
    }
    this.name = name;
    this.description = description;
    this.schema = schema;
    this.parameters = written(name, schema);
  }

  /**
   * A tool whose parameters are described by this JSON Schema.
   *
   * @param name what the model calls it by; not blank
   * @param description what the model is told about it; may be empty
   * @param parameters the JSON Schema of its parameters, a JSON object
   * @throws IllegalArgumentException if {@code name} is blank, or {@code parameters} is no JSON
   *     object
   */
  public static PromptTool of(String name, String description, String parameters) {
    return new PromptTool(name, description, parsed(name, parameters));
  }

  /**
   * A tool whose parameters are described by this JSON Schema, of maps, lists, strings, numbers,
   * booleans and nulls.
   *
   * @throws IllegalArgumentException if {@code name} is blank or something else is in the schema
   */
  public static PromptTool of(String name, String description, Map<String, ?> parameters) {
    return of(name, description, written(name, parameters));
  }

  /** What the model calls it by. */
  public String name() {
    return name;
  }

  /** What the model is told about it; may be empty. */
  public String description() {
    return description;
  }

  /** The JSON Schema of its parameters, without white space between its elements. */
  public String parameters() {
    return parameters;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PromptTool tool
        && name.equals(tool.name)
        && description.equals(tool.description)
        && parameters.equals(tool.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, description, parameters);
  }

  @Override
  public String toString() {
    return json();
  }

  /** The schema as maps and lists. */
  Map<String, @Nullable Object> schema() {
    return schema;
  }

  /** The whole tool as JSON, of the shape that most vendors take. */
  String json() {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("name", name);
    head.put("description", description);
    String start = written(name, head);
    return start.substring(0, start.length() - 1) + ",\"parameters\":" + parameters + "}";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> parsed(String tool, String parameters) {
    Object value;
    try {
      value = Json.read(new ByteArrayInputStream(parameters.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalArgumentException(notASchema(tool, "is not JSON"), e);
    }
    if (value instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw new IllegalArgumentException(notASchema(tool, "is JSON, but no object"));
  }

  private static String written(String tool, Map<?, ?> schema) {
    try {
      return JsonText.of(schema);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(notASchema(tool, "can't be written as JSON"), e);
    }
  }

  private static String notASchema(String tool, String why) {
    return ("The schema of the parameters of tool \"%s\" %s. Give a JSON object, such as"
            + " {\"type\":\"object\",\"properties\":{}}.")
        .formatted(tool, why);
  }
}
