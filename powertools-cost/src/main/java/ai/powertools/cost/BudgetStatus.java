package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;

/**
 * A budget at one moment.
 *
 * @param budget which
 * @param windowStart when the current window began
 * @param spent what settled attempts cost in this window
 * @param reserved what calls in flight may still cost
 */
public record BudgetStatus(Budget budget, Instant windowStart, Usd spent, Usd reserved) {
  /** What a call may cost at most to be let through now; never negative. */
  public Usd available() {
    Usd left = budget.limit().minus(spent).minus(reserved);
    return left.isNegative() ? Usd.ZERO : left;
  }
}
