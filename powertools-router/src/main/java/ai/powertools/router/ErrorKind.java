package ai.powertools.router;

/** What went wrong with a provider, whatever words the vendor has for it. */
public enum ErrorKind {
  /** The key is missing, wrong or revoked. */
  AUTHENTICATION(false, "Check the key, and that it belongs to this endpoint."),
  /** The key may not use this model or endpoint. */
  PERMISSION(false, "Ask the account's owner for access, or choose another model."),
  /** The request is wrong, or the model does not exist. */
  INVALID_REQUEST(false, "Check the model's name and the request's settings."),
  /** The conversation does not fit the model. */
  CONTEXT_WINDOW(false, "Shorten the conversation, or choose a model with a larger context."),
  /** The vendor refuses the content. */
  CONTENT_POLICY(false, "Change the content; the same request will be refused again."),
  /** Too many requests or tokens for now. */
  RATE_LIMITED(true, "Wait, send less, or choose another model."),
  /** The account has no money or quota left. */
  QUOTA_EXHAUSTED(false, "Raise the quota or pay the bill at the vendor, or choose another one."),
  /** The vendor has too much to do. */
  OVERLOADED(true, "Wait, or choose another model."),
  /** The vendor failed. */
  SERVER(true, "Try again, or choose another model."),
  /** No answer in time. */
  TIMEOUT(true, "Allow more time, or ask for less."),
  /** The connection failed or was cut. */
  NETWORK(true, "Check the address and the network, and try again."),
  /** The answer can't be understood. */
  MALFORMED_RESPONSE(true, "Check that the address speaks this protocol, and try again."),
  /** The caller called it off. */
  CANCELLED(false, "Nothing to do.");

  private final boolean retryable;
  private final String remedy;

  ErrorKind(boolean retryable, String remedy) {
    this.retryable = retryable;
    this.remedy = remedy;
  }

  boolean retryable() {
    return retryable;
  }

  String remedy() {
    return remedy;
  }
}
