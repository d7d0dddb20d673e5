package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Amounts as people read them: to the cent, and small ones to two digits. */
final class RoundedDollars {
  private static final BigDecimal SMALL = new BigDecimal("0.10");

  /** Decimal places of a pico-dollar. */
  private static final int PICO_DIGITS = 12;

  private RoundedDollars() {}

  /** As in {@code $41.20} and {@code $0.0013}. */
  static String of(Usd amount) {
    BigDecimal exact = amount.toBigDecimal();
    BigDecimal rounded =
        exact.abs().compareTo(SMALL) < 0
            ? exact.round(new MathContext(2, RoundingMode.HALF_EVEN))
            : exact.setScale(2, RoundingMode.HALF_EVEN);
    return Usd.of(rounded).format();
  }

  /** What statistics came to, to the pico-dollar; never below nothing. */
  static Usd estimate(double dollars) {
    return Usd.of(
        BigDecimal.valueOf(Math.max(0, dollars)).setScale(PICO_DIGITS, RoundingMode.HALF_EVEN));
  }
}
