package ai.powertools.router.quality;

/**
 * An estimate, not yet kept between 0 and 1, of how likely the weak and the strong model are right.
 *
 * @param weak of the weak model
 * @param strong of the strong model
 */
record Pair(double weak, double strong) {
  static final Pair ZERO = new Pair(0, 0);

  Pair plus(Pair other) {
    return new Pair(weak + other.weak, strong + other.strong);
  }

  Pair times(double factor) {
    return new Pair(weak * factor, strong * factor);
  }

  Pair minus(Pair other) {
    return plus(other.times(-1));
  }

  /**
   * The nearest pair that are shares with the same difference, which is what decides; where that is
   * not from -1 to 1, it becomes so.
   */
  Pair asShares() {
    double least = Math.min(weak, strong);
    double most = Math.max(weak, strong);
    double shift = least < 0 ? -least : Math.min(0, 1 - most);
    return new Pair(share(weak + shift), share(strong + shift));
  }

  private static double share(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /** How often the models were right. */
  static Pair mean(Iterable<Outcome> outcomes) {
    double weak = 0;
    double strong = 0;
    int rows = 0;
    for (Outcome outcome : outcomes) {
      weak += outcome.weak() ? 1 : 0;
      strong += outcome.strong() ? 1 : 0;
      rows++;
    }
    return new Pair(weak / Math.max(1, rows), strong / Math.max(1, rows));
  }
}
