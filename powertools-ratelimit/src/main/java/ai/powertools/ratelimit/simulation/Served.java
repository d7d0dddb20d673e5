package ai.powertools.ratelimit.simulation;

/**
 * How some of the calls fared.
 *
 * @param who whose calls they are: a priority, a tenant, or all
 * @param granted how many were let through
 * @param refused how many were refused
 * @param left how many still waited when nothing could happen any more
 * @param waits of those that were let through
 */
public record Served(String who, long granted, long refused, long left, WaitTimes waits) {

  /** How many there were. */
  public long calls() {
    return granted + refused + left;
  }
}
