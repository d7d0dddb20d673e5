package ai.powertools.cost;

import ai.powertools.models.Usd;

/**
 * Between which amounts something is expected to end, both included.
 *
 * @param low not above {@code high}
 * @param high not below {@code low}
 */
public record Interval(Usd low, Usd high) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if low is above high
   */
  public Interval {
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          "An interval goes from low to high, not from %s to %s."
              .formatted(low.format(), high.format()));
    }
  }

  /** Whether the amount lies in it. */
  public boolean contains(Usd amount) {
    return low.compareTo(amount) <= 0 && amount.compareTo(high) <= 0;
  }

  /** As in {@code $46.10 to $52.40}, rounded for people. */
  @Override
  public String toString() {
    return RoundedDollars.of(low) + " to " + RoundedDollars.of(high);
  }
}
