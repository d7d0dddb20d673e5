package ai.powertools.models;

/**
 * One line of a bill: a quantity of something at its rate.
 *
 * @param unit what was charged, as in {@code input}, {@code cached input}, {@code cache write},
 *     {@code output}
 * @param quantity how many of it, usually tokens
 * @param ratePerMillion the price of a million of them
 * @param amount what they cost: exactly {@code quantity × ratePerMillion / 1,000,000}
 */
public record CostLine(String unit, long quantity, Usd ratePerMillion, Usd amount) {

  /**
   * Refuses a line that does not add up.
   *
   * @throws IllegalArgumentException if the unit is blank, the quantity negative, or the amount not
   *     what the quantity costs at the rate
   */
  public CostLine {
    if (unit.isBlank() || quantity < 0) {
      throw new IllegalArgumentException(
          "A cost line needs a unit and a quantity of at least 0, not \"%s\" and %d."
              .formatted(unit, quantity));
    }
    Usd expected = ratePerMillion.forUnits(quantity);
    if (!amount.equals(expected)) {
      throw new IllegalArgumentException(
          "%d × %s at %s per million cost %s, not %s."
              .formatted(
                  quantity, unit, ratePerMillion.format(), expected.format(), amount.format()));
    }
  }

  /** The line for this quantity at this rate, with its amount worked out. */
  public static CostLine of(String unit, long quantity, Usd ratePerMillion) {
    return new CostLine(unit, quantity, ratePerMillion, ratePerMillion.forUnits(quantity));
  }
}
