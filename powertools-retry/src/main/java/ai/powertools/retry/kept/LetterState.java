package ai.powertools.retry.kept;

/** How a dead letter stands. */
public enum LetterState {
  /** It waits to be driven again. */
  WAITING,
  /** Somebody is driving it, or died doing so: from the end of the lease on others may take it. */
  TAKEN,
  /** It was driven again and came through; its payload is gone. */
  DONE,
  /**
   * It failed too often, or its payload was too long to be kept as a whole. Driven again only if it
   * is asked for by its state or its id.
   */
  GIVEN_UP
}
