package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;

/**
 * A budget at one moment.
 *
 * @param budget which
 * @param windowStart when the window began
 * @param spent what settled attempts cost in this window; one of unknown cost counts with what it
 *     may have cost at most, one that was {@link Outcome#LOST} does not count
 * @param reserved what calls in flight may still cost
 */
public record BudgetStatus(Budget budget, Instant windowStart, Usd spent, Usd reserved) {
  /** What a call may cost at most to be let through now; never negative. */
  public Usd available() {
    Usd left = budget.limit().minus(spent).minus(reserved);
    return left.isNegative() ? Usd.ZERO : left;
  }

  /** As in {@code team=search, monthly: spent $98.20 + reserved $1.10 of $100.00, $0.70 left}. */
  @Override
  public String toString() {
    return "%s: spent %s + reserved %s of %s, %s left"
        .formatted(
            budget.label(),
            spent.format(),
            reserved.format(),
            budget.limit().format(),
            available().format());
  }
}
