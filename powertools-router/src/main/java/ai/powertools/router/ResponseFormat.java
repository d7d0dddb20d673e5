package ai.powertools.router;

/** The form that an answer is to have. */
public sealed interface ResponseFormat {
  /** Words; what vendors do when nothing is said. */
  ResponseFormat TEXT = new Text();

  /** Some JSON object; most vendors want the prompt to say so too. */
  ResponseFormat JSON = new Json();

  /**
   * JSON that keeps to a schema.
   *
   * @param name what to call it: letters, digits, {@code _} and {@code -}, at most 64
   * @param schema a JSON Schema, a JSON object
   * @throws IllegalArgumentException if the name is none, or the schema no JSON object
   */
  static ResponseFormat schema(String name, String schema) {
    return new JsonSchema(name, schema, false);
  }

  /** JSON with the components of a record, strict. */
  static ResponseFormat of(Class<? extends Record> type) {
    return new JsonSchema(type.getSimpleName(), RecordSchema.of(type), true);
  }

  /** Words. */
  record Text() implements ResponseFormat {}

  /** Some JSON object. */
  record Json() implements ResponseFormat {}

  /**
   * JSON that keeps to a schema.
   *
   * @param name what to call it
   * @param schema a JSON object
   * @param strict whether the vendor is to promise it, which few schemas allow: all properties
   *     required, no others
   */
  record JsonSchema(String name, String schema, boolean strict) implements ResponseFormat {
    /** Refuses what vendors refuse. */
    public JsonSchema {
      if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
        throw new IllegalArgumentException(
            "\"" + name + "\" can't be a schema's name. Use up to 64 letters, digits, _ and -.");
      }
      schema = JsonText.requireObject("The schema " + name, schema);
    }
  }
}
