package ai.powertools.cost;

import ai.powertools.models.Usd;

/**
 * How a budget stands, as a line of a report.
 *
 * @param label which, as in {@code team=search, monthly}
 * @param limit what may be spent
 * @param spent what was spent
 */
public record BudgetLine(String label, Usd limit, Usd spent) {
  /** What is left; negative when it was exceeded. */
  public Usd left() {
    return limit.minus(spent);
  }

  /** As in {@code team=search, monthly: $98.20 of $100.00, $1.80 left}. */
  @Override
  public String toString() {
    String rest = left().isNegative() ? "exceeded by %s" : "%s left";
    Usd amount = left().isNegative() ? spent.minus(limit) : left();
    return "%s: %s of %s, %s"
        .formatted(label, spent.format(), limit.format(), rest.formatted(amount.format()));
  }
}
