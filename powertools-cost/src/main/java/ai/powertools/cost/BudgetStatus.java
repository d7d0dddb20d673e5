package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.Optional;

/**
 * A budget, or one share of it, at one moment.
 *
 * @param budget which
 * @param share whose, as in {@code user=ada}; blank where all its calls share the budget
 * @param windowStart when the window began
 * @param windowEnd when it ends; empty when it never does
 * @param spent what settled attempts cost in this window; one of unknown cost counts with what it
 *     may have cost at most, one that was {@link Outcome#LOST} as the tracker was told
 * @param reserved what calls in flight may still cost
 */
public record BudgetStatus(
    Budget budget,
    String share,
    Instant windowStart,
    Optional<Instant> windowEnd,
    Usd spent,
    Usd reserved) {

  /** What a call may cost at most to be let through now; never negative. */
  public Usd available() {
    Usd left = budget.limit().minus(spent).minus(reserved);
    return left.isNegative() ? Usd.ZERO : left;
  }

  /** By how much more than the limit was spent; zero where it was kept. */
  public Usd overshoot() {
    Usd over = spent.minus(budget.limit());
    return over.isNegative() ? Usd.ZERO : over;
  }

  /** As in {@code team=search, monthly}, or {@code each user, daily (user=ada)}. */
  public String label() {
    return share.isEmpty() ? budget.label() : budget.label() + " (" + share + ")";
  }

  /** As in {@code team=search, monthly: spent $98.20 + reserved $1.10 of $100.00, $0.70 left}. */
  @Override
  public String toString() {
    return "%s: spent %s + reserved %s of %s, %s"
        .formatted(
            label(),
            spent.format(),
            reserved.format(),
            budget.limit().format(),
            overshoot().isZero()
                ? available().format() + " left"
                : overshoot().format() + " over the limit");
  }
}
