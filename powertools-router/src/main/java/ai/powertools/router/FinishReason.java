package ai.powertools.router;

/** Why an answer ended. */
public enum FinishReason {
  /** The model had said all. */
  STOP,
  /** The limit of output tokens, or the context window, was reached. */
  LENGTH,
  /** The vendor's filter cut it off. */
  CONTENT_FILTER,
  /** Something else that the vendor names. */
  OTHER
}
