package ai.powertools.models;

/** How well a usage or a cost is known. */
public enum Certainty {
  /** From what the vendor reported and a price that applies. */
  EXACT,
  /** Computed from an estimate, such as a token count of our own. */
  ESTIMATED,
  /** Not known, which is not the same as nothing. */
  UNKNOWN;

  /** The less certain of the two: a sum is no better known than the worst of its parts. */
  public Certainty worse(Certainty other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
