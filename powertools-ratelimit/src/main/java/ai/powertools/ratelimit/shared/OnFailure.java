package ai.powertools.ratelimit.shared;

/** What to do with a call when the server that keeps the shared limits does not answer. */
public enum OnFailure {
  /** Let nobody through: the limits hold, and nothing works without the server. */
  REFUSE,

  /** Let everybody through: calls go on, and only the vendor counts meanwhile. */
  ALLOW,

  /**
   * Go by limits of one's own, a share of the whole that was chosen beforehand. As long as the
   * shares of all processes add up to no more than one, so does what they let through.
   */
  LOCAL_SHARE
}
