package ai.powertools.models;

import java.util.Optional;

/**
 * One line of a bill: a quantity of something at its rate.
 *
 * @param unit what was charged: the {@link Unit#key()} of a unit, or words of one's own
 * @param quantity how many of it, usually tokens
 * @param rate the price of {@code per} of them
 * @param per how many the rate is for, usually a million
 * @param amount what they cost: {@code quantity × rate / per}, exactly where {@code per} is a power
 *     of ten, else to 34 digits
 * @param priceRow the price that was applied, with its terms and the day of its record; empty for a
 *     line of one's own
 */
public record CostLine(
    String unit, long quantity, Usd rate, long per, Usd amount, Optional<PriceRow> priceRow) {

  private static final long MILLION = 1_000_000;

  /**
   * Refuses a line that does not add up.
   *
   * @throws IllegalArgumentException if the unit is blank, the quantity negative, {@code per} below
   *     1, or the amount not what the quantity costs at the rate
   */
  public CostLine {
    if (unit.isBlank() || quantity < 0 || per < 1) {
      throw new IllegalArgumentException(
          "A cost line needs a unit, a quantity of at least 0 and a rate per at least 1, not \"%s\", %d and %d."
              .formatted(unit, quantity, per));
    }
    Usd expected = rate.forUnits(quantity, per);
    if (!amount.equals(expected)) {
      throw new IllegalArgumentException(
          "%d × %s at %s per %d cost %s, not %s."
              .formatted(quantity, unit, rate.format(), per, expected.format(), amount.format()));
    }
  }

  /** A line of one's own: this quantity at this rate per million, with its amount worked out. */
  public static CostLine of(String unit, long quantity, Usd ratePerMillion) {
    return of(unit, quantity, ratePerMillion, MILLION, Optional.empty());
  }

  /** This quantity at this rate, with its amount worked out. */
  static CostLine of(String unit, long quantity, Usd rate, long per, Optional<PriceRow> priceRow) {
    return new CostLine(unit, quantity, rate, per, rate.forUnits(quantity, per), priceRow);
  }

  /** Whether the other is for the same thing at the same price of the same row. */
  boolean isLike(CostLine other) {
    return unit.equals(other.unit)
        && per == other.per
        && rate.equals(other.rate)
        && priceRow.equals(other.priceRow);
  }

  /** This line with so many more. */
  CostLine and(long more) {
    return of(unit, Math.addExact(quantity, more), rate, per, priceRow);
  }
}
