package ai.powertools.router;

/** How long a vendor is to keep a prompt in its cache. */
public enum CacheFor {
  /** Five minutes after its last use. */
  FIVE_MINUTES,
  /** An hour after its last use; writing costs more. */
  ONE_HOUR
}
