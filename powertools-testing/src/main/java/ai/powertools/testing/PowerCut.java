package ai.powertools.testing;

/**
 * What a power cut did.
 *
 * @param unforced the changes that had not been forced: writes, sizes, and names
 * @param lost how many of them were undone
 * @param torn how many of them were undone in part
 */
public record PowerCut(long unforced, long lost, long torn) {
  /** How many were undone at least in part. */
  public long forgotten() {
    return lost + torn;
  }

  PowerCut and(PowerCut other) {
    return new PowerCut(unforced + other.unforced, lost + other.lost, torn + other.torn);
  }
}
