package ai.powertools.cost;

/**
 * Where spending stands, and moves to with every day that is seen: a level and a trend that dies
 * down. Errors are measured in days of the level, so that a hundred times the money has the same.
 *
 * <p>One error beyond the limit counts as much as the limit: a spike. Two in a row in the same
 * direction are the new level.
 */
final class Drift {
  /** A weekday's errors are at least as large as if it cost this share of an average one. */
  private static final double LEAST_FACTOR = 0.15;

  /** Less than this is no error, but what doubles leave of a sum. */
  private static final double ROUNDING = 1e-12;

  private final Smoothing smoothing;
  private final double floor;
  private final double limit;
  private double level;
  private double trend;
  private double beyond;
  private int seen;

  /**
   * @param floor what errors are measured in when the level is lower
   * @param limit the size of an error beyond which it is a spike
   * @param seen how many days the level is known from: while they are few, it is their average
   */
  Drift(Smoothing smoothing, double level, double trend, double floor, double limit, int seen) {
    this.smoothing = smoothing;
    this.seen = seen;
    this.level = level;
    this.trend = trend;
    this.floor = floor;
    this.limit = limit;
  }

  /** Another one with the same days behind it that stands elsewhere. */
  Drift at(double otherLevel, double otherTrend) {
    return new Drift(smoothing, otherLevel, otherTrend, floor, limit, seen);
  }

  double level() {
    return level;
  }

  double trend() {
    return trend;
  }

  /** What the next day costs if there is no error, never negative. */
  double expected(double factor) {
    return Math.max(0, factor * ahead());
  }

  /** What an error of 1 is in dollars on the next day. */
  double unit(double factor) {
    return Math.max(ahead(), floor) * Math.max(factor, LEAST_FACTOR);
  }

  /** Moves on by a day without looking at it. */
  void pass() {
    level = Math.max(0, ahead());
    trend *= smoothing.damping();
  }

  /** Moves on by a day that cost so much, and says by how many units that was off. */
  double see(double amount, double factor) {
    double unit = unit(factor);
    double exact = unit == 0 ? 0 : (amount - expected(factor)) / unit;
    double error = Math.abs(exact) < ROUNDING ? 0 : exact;
    boolean again = beyond * error > 0;
    beyond = Math.abs(error) > limit ? error : 0;
    double counted = beyond == 0 || again ? error : Math.copySign(limit, error);
    double share = Math.max(smoothing.level(), 1.0 / ++seen);
    double gain = share * factor / (share * factor * factor + 1 - share);
    double step = gain * counted * unit;
    pass();
    level = Math.max(0, level + step);
    trend += smoothing.trend() * step;
    return error;
  }

  private double ahead() {
    return level + smoothing.damping() * trend;
  }
}
