package ai.powertools.ratelimit;

/** How a call ended, as far as it tells about the provider's limits. */
public enum Outcome {
  /** It was answered. */
  SUCCESS,

  /** The provider refused it because of a limit or its load: 429, 503, 529. */
  THROTTLED,

  /** There was no answer in time: as good as refused, and worse for having been waited for. */
  TIMED_OUT,

  /** It failed for a reason of its own, such as a bad request: tells nothing about limits. */
  UNRELATED
}
