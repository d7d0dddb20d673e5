package ai.powertools.ratelimit.simulation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis from zero to the largest value or a round number above it, with marks at round numbers.
 *
 * @param end where it ends, in units
 * @param step from mark to mark, in units
 * @param unit behind the numbers; empty: there is none
 * @param size of a unit, in what is measured
 */
record Scale(double end, double step, String unit, double size) {
  private static final double[] ROUND = {1, 2, 5, 10};

  /** Of amounts. */
  static Scale of(long largest) {
    return of((double) Math.max(1, largest), "", 1, 1);
  }

  /** Of times, in the unit that suits; measured in nanoseconds. */
  static Scale of(Duration largest) {
    double nanos = Math.max(1e6, (double) largest.toNanos());
    double seconds = nanos / 1e9;
    if (seconds > 7_200) {
      return of(seconds / 3_600, " h", 3.6e12, 0);
    }
    if (seconds > 120) {
      return of(seconds / 60, " min", 6e10, 0);
    }
    return seconds > 1 ? of(seconds, " s", 1e9, 0) : of(nanos / 1e6, " ms", 1e6, 0);
  }

  /** Four marks or a few more: the roundest step that is not longer than a quarter. */
  private static Scale of(double largest, String unit, double size, double leastStep) {
    double power = Math.pow(10, Math.floor(Math.log10(largest / 4)));
    double step = power;
    for (double round : ROUND) {
      step = round * power <= largest / 4 ? round * power : step;
    }
    step = Math.max(step, leastStep);
    return new Scale(Math.ceil(largest / step - 1e-9) * step, step, unit, size);
  }

  /** The same, ending at a measured value that is no longer away than its end. */
  Scale endingAt(long value) {
    return new Scale(value / size, step, unit, size);
  }

  /** The marks, zero among them, in units. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
      marks.add(i * step);
    }
    return marks;
  }

  String label(double mark) {
    BigDecimal number = new BigDecimal(mark, new MathContext(6)).stripTrailingZeros();
    return number.toPlainString() + unit;
  }

  /** How far along the axis a measured value is, from 0 to 1. */
  double along(long value) {
    return value / size / end;
  }
}
