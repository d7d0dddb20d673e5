package ai.powertools.router;

/**
 * Something that the model may ask the application to do.
 *
 * @param name what the model calls it by: letters, digits, {@code _} and {@code -}, at most 64
 * @param description what it does and when to use it; may be empty
 * @param parameters the JSON Schema of its arguments, a JSON object
 * @param strict whether the arguments must keep to the schema, where the vendor can promise it
 */
public record Tool(String name, String description, String parameters, boolean strict) {
  /**
   * Refuses what vendors refuse.
   *
   * @throws IllegalArgumentException if the name is none, or the parameters are no JSON object
   */
  public Tool {
    if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" can't be a tool's name. Use up to 64 letters, digits, _ and -.");
    }
    parameters = JsonText.requireObject("The parameters' schema of tool " + name, parameters);
  }

  /** A tool whose arguments are described by a JSON Schema. */
  public static Tool of(String name, String description, String parameters) {
    return new Tool(name, description, parameters, false);
  }

  /**
   * A tool whose arguments are the components of a record; strict.
   *
   * @throws IllegalArgumentException if the record has components that no schema describes
   */
  public static Tool of(String name, String description, Class<? extends Record> arguments) {
    return new Tool(name, description, RecordSchema.of(arguments), true);
  }
}
