package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as the tables keep it: whole pico-dollars, which databases add up exactly. */
final class Picos {
  /** The most that a 64-bit column keeps. */
  private static final Usd MOST = Usd.ofPico(Long.MAX_VALUE);

  /** Decimal places of a pico-dollar. */
  private static final int DIGITS = 12;

  private Picos() {}

  /**
   * The amount in pico-dollars; what is left below one is rounded up, so that a sum never shows
   * less than was spent.
   *
   * @throws IllegalArgumentException beyond 9.2 million dollars, where a 64-bit column ends, and
   *     below nothing
   */
  static long of(Usd amount) {
    if (amount.isNegative() || amount.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "The ledger keeps amounts from $0 to $9,223,372.03 for one call, not " + amount.format());
    }
    if (amount.isWholePicos()) {
      return amount.toPicoExact();
    }
    BigDecimal pico = amount.toBigDecimal().setScale(DIGITS, RoundingMode.CEILING);
    return pico.movePointRight(DIGITS).longValueExact();
  }

  /** Whether the amount is kept without rounding, and can't be exceeded by a sum that wraps. */
  static boolean holds(Usd amount) {
    return !amount.isNegative() && amount.compareTo(MOST) <= 0 && kept(amount).equals(amount);
  }

  /** Any amount, also below nothing, to whole pico-dollars, and the half to the even one. */
  static Usd rounded(Usd amount) {
    return amount.isWholePicos()
        ? amount
        : Usd.of(amount.toBigDecimal().setScale(DIGITS, RoundingMode.HALF_EVEN));
  }

  /** Whether a 64-bit column can keep it, rounded up. */
  static boolean fits(Usd amount) {
    return amount.compareTo(MOST) <= 0;
  }

  /** The amount as the ledger keeps it. */
  static Usd kept(Usd amount) {
    long pico = of(amount);
    return amount.isWholePicos() ? amount : Usd.ofPico(pico);
  }
}
