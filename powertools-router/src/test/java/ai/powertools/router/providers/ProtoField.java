package ai.powertools.router.providers;

/**
 * A field of a message.
 *
 * @param jsonName its name in JSON
 * @param type its type as written; of a map, that of the values
 * @param oneof the group of which one member may be set, or empty
 */
record ProtoField(String jsonName, String type, Form form, boolean required, String oneof) {
  /** How many values. */
  enum Form {
    SINGLE,
    REPEATED,
    MAP
  }
}
