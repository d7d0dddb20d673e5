package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;

/**
 * By how much a line of a bill may differ from the ledger and still agree: by the larger of the
 * two.
 *
 * @param amount in dollars, not negative
 * @param share of what was billed, not negative: 0.01 is 1 %
 */
public record BillTolerance(Usd amount, BigDecimal share) {
  /** Not by a pico-dollar. */
  public static final BillTolerance NONE = new BillTolerance(Usd.ZERO, BigDecimal.ZERO);

  /** What vendors round to: a cent a line. */
  public static final BillTolerance CENT = new BillTolerance(Usd.cents(1), BigDecimal.ZERO);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public BillTolerance {
    if (amount.isNegative() || share.signum() < 0) {
      throw new IllegalArgumentException(
          "A bill may differ by nothing or more, not by %s or a share of %s."
              .formatted(amount.format(), share.toPlainString()));
    }
  }

  /** Whether so large a difference is tolerated in a line of so much. */
  boolean covers(Usd difference, Usd billed) {
    Usd size = billed.isNegative() ? Usd.ZERO.minus(billed) : billed;
    return difference.compareTo(amount) <= 0 || difference.compareTo(size.times(share)) <= 0;
  }

  /** As in {@code $0.01 or 1 %}. */
  @Override
  public String toString() {
    String percent = share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    return share.signum() == 0 ? amount.format() : amount.format() + " or " + percent;
  }
}
