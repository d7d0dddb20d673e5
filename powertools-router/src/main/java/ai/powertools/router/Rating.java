package ai.powertools.router;

/**
 * What feedback a model has had for one kind of task.
 *
 * @param good the sum of all scores, old ones counting less
 * @param bad the sum of what they were short of 1
 */
record Rating(double good, double bad) {
  static final Rating NONE = new Rating(0, 0);

  /** When there is so much, all of it counts a little less, so that newer feedback can win. */
  private static final double ENOUGH = 100;

  Rating and(double score) {
    double keep = good + bad >= ENOUGH ? 1 - 1 / ENOUGH : 1;
    return new Rating(good * keep + score, bad * keep + (1 - score));
  }
}
