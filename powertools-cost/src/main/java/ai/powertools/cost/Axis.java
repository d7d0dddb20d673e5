package ai.powertools.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The axis of a chart in dollars: from zero, in 3 to 5 equal steps of 1, 2 or 5 times a power of
 * ten, to the first step that is not below the largest value.
 */
final class Axis {
  private static final List<BigDecimal> STEPS =
      List.of(BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(5), BigDecimal.TEN);

  /** Steps of a fifth of the largest value or the next round number above that. */
  private static final BigDecimal WANTED = BigDecimal.valueOf(5);

  private final List<BigDecimal> ticks = new ArrayList<>();

  /** For values from zero to the largest; for none above zero, it ends at one. */
  Axis(BigDecimal largest) {
    BigDecimal top = largest.signum() > 0 ? largest : BigDecimal.ONE;
    BigDecimal rough = top.divide(WANTED);
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(rough.precision() - rough.scale() - 1);
    BigDecimal step =
        STEPS.stream()
            .map(power::multiply)
            .filter(one -> one.compareTo(rough) >= 0)
            .findFirst()
            .orElse(power);
    ticks.add(BigDecimal.ZERO);
    for (BigDecimal at = step; last().compareTo(top) < 0; at = at.add(step)) {
      ticks.add(at);
    }
  }

  /** From zero to the end. */
  List<BigDecimal> ticks() {
    return List.copyOf(ticks);
  }

  /** How far along the axis a value lies, 0 to 1. */
  double along(double dollars) {
    return Math.max(0, Math.min(1, dollars / last().doubleValue()));
  }

  private BigDecimal last() {
    return ticks.get(ticks.size() - 1);
  }
}
