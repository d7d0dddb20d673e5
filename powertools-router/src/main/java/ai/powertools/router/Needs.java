package ai.powertools.router;

/**
 * What a request asks of a model beyond words, looked up once.
 *
 * @param images whether it has images
 * @param audio whether it has sound
 * @param files whether it has files
 * @param tools whether it has tools
 * @param schema whether the answer has to keep to a schema
 */
record Needs(boolean images, boolean audio, boolean files, boolean tools, boolean schema) {
  static Needs of(ChatRequest request) {
    return new Needs(
        request.has(Content.Image.class),
        request.has(Content.Audio.class),
        request.has(Content.File.class),
        !request.tools().isEmpty(),
        request.responseFormat() instanceof ResponseFormat.JsonSchema);
  }

  /** Whether words are all that is asked. */
  boolean isPlain() {
    return !images && !audio && !files && !tools && !schema;
  }
}
