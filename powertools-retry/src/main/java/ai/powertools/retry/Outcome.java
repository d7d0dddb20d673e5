package ai.powertools.retry;

/** How a call ended that had attempts which failed. */
public enum Outcome {
  /** A later attempt brought the answer. */
  RECOVERED,
  /** A fallback answered in its place, or the last result, unwanted as it was. */
  DEGRADED,
  /** There was no answer. */
  FAILED
}
