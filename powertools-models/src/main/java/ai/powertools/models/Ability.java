package ai.powertools.models;

/** Something that a model can do beyond answering with text. */
public enum Ability {
  /** Calls the functions that a request offers. */
  TOOLS,
  /** Keeps to a JSON Schema that a request gives. */
  STRUCTURED_OUTPUT,
  /** Thinks before it answers. */
  REASONING,
  /** Charges less for a beginning of the prompt that it has seen before. */
  CACHING,
  /** Answers piece by piece. */
  STREAMING,
  /** Searches the web by itself. */
  WEB_SEARCH,
  /** Turns text into vectors; such a model does not chat. */
  EMBEDDING
}
