package ai.powertools.router;

/** Who says a message. */
public enum Role {
  /** The application, setting the rules. */
  SYSTEM,
  /** The person, or whoever asks. */
  USER,
  /** The model. */
  ASSISTANT
}
