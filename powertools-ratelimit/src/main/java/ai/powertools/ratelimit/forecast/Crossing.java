package ai.powertools.ratelimit.forecast;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** Finds where a function first reaches zero from below. */
final class Crossing {
  private static final int STEPS = 512;
  private static final int HALVINGS = 60;

  private Crossing() {}

  /**
   * The first crossing between 0 and {@code end}, both included; empty if there is none. One that
   * begins and ends within a five-hundredth of the way may be missed.
   */
  static OptionalDouble first(DoubleUnaryOperator function, double end) {
    if (function.applyAsDouble(0) >= 0) {
      return OptionalDouble.of(0);
    }
    double below = 0;
    for (int step = 1; step <= STEPS; step++) {
      double at = end * step / STEPS;
      if (function.applyAsDouble(at) >= 0) {
        return OptionalDouble.of(between(function, below, at));
      }
      below = at;
    }
    return OptionalDouble.empty();
  }

  private static double between(DoubleUnaryOperator function, double below, double above) {
    double low = below;
    double high = above;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (function.applyAsDouble(middle) >= 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
