package ai.powertools.cli;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Values as people read them in a line of a terminal. Never for a bill. */
final class Printable {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private Printable() {}

  /** From a dollar up to the cent, below it to three digits, as in {@code $0.00125}. */
  static String dollars(Usd exact) {
    BigDecimal amount = exact.toBigDecimal();
    BigDecimal rounded =
        amount.abs().compareTo(BigDecimal.ONE) < 0
            ? amount.round(THREE_DIGITS)
            : amount.setScale(2, RoundingMode.HALF_UP);
    int decimals = Math.max(2, rounded.stripTrailingZeros().scale());
    return (rounded.signum() < 0 ? "-$" : "$")
        + String.format(Locale.ROOT, "%,." + decimals + "f", rounded.abs());
  }

  /** Without what would move the cursor or end the line. */
  static String line(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
