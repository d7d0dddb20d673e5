package ai.powertools.router;

/** Why an answer ended. */
public enum FinishReason {
  /** The model had said all. */
  STOP,
  /** The limit of output tokens, or the context window, was reached. */
  LENGTH,
  /** The model wants tools to be called, and their results. */
  TOOL_CALLS,
  /** The vendor's filter cut it off. */
  CONTENT_FILTER,
  /** The model declined to answer. */
  REFUSAL,
  /** A long turn was interrupted; send the answer back as it is, and the model goes on. */
  PAUSE,
  /** Something else that the vendor names. */
  OTHER
}
