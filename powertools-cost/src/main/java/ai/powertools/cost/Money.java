package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An amount as people read it: from a dollar up to the cent, below it to three significant digits.
 * Never for a bill.
 */
record Money(Usd exact) {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final BigDecimal SMALLEST = new BigDecimal("0.000001");
  private static final int CENTS = 2;

  /** As in {@code $1,234.57}, {@code $0.00125}, {@code <$0.000001}; a negative one with a minus. */
  @Override
  public String toString() {
    BigDecimal amount = exact.toBigDecimal().abs();
    if (amount.signum() > 0 && amount.compareTo(SMALLEST) < 0) {
      return (exact.isNegative() ? ">-$" : "<$") + SMALLEST.toPlainString();
    }
    BigDecimal rounded =
        amount.compareTo(BigDecimal.ONE) < 0
            ? amount.round(THREE_DIGITS)
            : amount.setScale(CENTS, RoundingMode.HALF_UP);
    return (exact.isNegative() ? "-" : "") + label(rounded, CENTS);
  }

  /** All digits of an amount, with at least so many decimals, as in {@code $1,200}. */
  static String label(BigDecimal dollars, int decimals) {
    int scale = Math.max(decimals, dollars.scale());
    return "$" + String.format(Locale.ROOT, "%,." + scale + "f", dollars);
  }
}
