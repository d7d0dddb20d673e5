package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as the tables keep it: whole pico-dollars, which databases add up exactly. */
final class Picos {
  /** Decimal places of a pico-dollar. */
  private static final int DIGITS = 12;

  private Picos() {}

  /**
   * The amount in pico-dollars; what is left below one is rounded up, so that a sum never shows
   * less than was spent.
   *
   * @throws IllegalArgumentException beyond 9.2 million dollars, where a 64-bit column ends
   */
  static long of(Usd amount) {
    BigDecimal pico =
        amount.toBigDecimal().setScale(DIGITS, RoundingMode.CEILING).movePointRight(DIGITS);
    try {
      return pico.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "The ledger keeps amounts up to $9,223,372.03 for one call, not " + amount.format(), e);
    }
  }
}
