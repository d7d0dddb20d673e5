package ai.powertools.router;

/** Who says something in a conversation. */
public enum Role {
  /** The application, setting the rules. */
  SYSTEM,
  /** The person who asks. */
  USER,
  /** The model. */
  ASSISTANT,
  /** What a tool that the model called has answered. */
  TOOL
}
