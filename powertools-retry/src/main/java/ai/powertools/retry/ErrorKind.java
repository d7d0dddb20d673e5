package ai.powertools.retry;

/** What an error means for whoever made the call. */
public enum ErrorKind {
  /** It may pass by itself: trying again may help, after a wait of our own choice. */
  TRANSIENT,
  /** We ask too often or for too much at once: trying again helps, but only after a wait. */
  THROTTLED,
  /** It stays until somebody changes the request, the key, the account or the code. */
  PERMANENT,
  /**
   * Nobody can say. Not retried unless {@link RetryBuilder#retryUnknown()} asks for it: it may be a
   * bug, and what was asked for may have been done already.
   */
  UNKNOWN,
  /** The caller called it off: never retried, no failure of the other side. */
  CANCELLED
}
