package ai.powertools.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast spending is taken to change: exponential smoothing with a damped trend (Gardner and
 * McKenzie, 1985).
 *
 * @param level by what share of an error the level moves, 0 to 1
 * @param trend by what share of that the trend moves; 0 for no trend
 * @param damping what is left of the trend a day later, below 1
 */
record Smoothing(double level, double trend, double damping) {
  /** Slow enough for noise and fast enough for news, where nothing better is known. */
  static final Smoothing STEADY = new Smoothing(0.1, 0, 0.9);

  private static final double[] LEVELS = {0.02, 0.05, 0.1, 0.2, 0.4, 0.7};
  private static final double[] TRENDS = {0.02, 0.08, 0.25};
  private static final double[] DAMPINGS = {0.8, 0.9, 0.95, 0.98};

  /** What is tried, the plainest first. */
  static final List<Smoothing> CHOICES = choices();

  boolean hasTrend() {
    return trend > 0;
  }

  /** How much it can make of a history: a trend takes two parameters, a level up to two. */
  double freedom() {
    return 2 * level + (hasTrend() ? 2 : 0);
  }

  /** How many independent days the level is as good as the average of. */
  double daysInLevel() {
    return 1 / (level * (1 - level));
  }

  private static List<Smoothing> choices() {
    List<Smoothing> choices = new ArrayList<>();
    for (double level : LEVELS) {
      choices.add(new Smoothing(level, 0, STEADY.damping()));
    }
    for (double level : LEVELS) {
      for (double trend : TRENDS) {
        for (double damping : DAMPINGS) {
          choices.add(new Smoothing(level, trend, damping));
        }
      }
    }
    return List.copyOf(choices);
  }
}
