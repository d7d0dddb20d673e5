package ai.powertools.ratelimit;

/** Who has to go when as many wait as may. */
public enum Shed {
  /** Whoever comes now. */
  NEWEST,
  /** Who has waited longest: its caller has the least patience left. */
  OLDEST,
  /**
   * Of the least urgent the one that came last, if whoever comes now is more urgent; otherwise who
   * comes now.
   */
  LEAST_URGENT
}
