package ai.powertools.retry.report;

/** What became of a call in which something failed. */
public enum Outcome {
  /** The caller got the error. */
  FAILED,
  /** A fallback answered in place of what failed. */
  DEGRADED,
  /** A later attempt answered. */
  RECOVERED
}
