package ai.powertools.router;

import ai.powertools.models.Usd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call may cost, and how much of it is spent or spoken for. Every request to a vendor
 * takes the most that it can cost out of it, whoever sends it (a layer that tries again, a hedge, a
 * further model), and puts back what it did not. Safe for use by many threads.
 */
final class Purse {
  /** Shared: nothing is ever counted in it. */
  private static final Purse BOTTOMLESS = new Purse(null);

  private final @Nullable Usd budget;
  private Usd committed = Usd.ZERO;

  private Purse(@Nullable Usd budget) {
    this.budget = budget;
  }

  /** One with so much in it; without a budget, one without a bottom. */
  static Purse of(Optional<Usd> budget) {
    return budget.isPresent() ? new Purse(budget.get()) : BOTTOMLESS;
  }

  /** Whether there is no bound. */
  boolean isBottomless() {
    return budget == null;
  }

  /** Takes out the most that a request can cost; false, and nothing, if there is not so much. */
  boolean take(Usd atMost) {
    return budget == null || take(atMost, budget);
  }

  private synchronized boolean take(Usd atMost, Usd most) {
    Usd after = committed.plus(atMost);
    if (after.compareTo(most) > 0) {
      return false;
    }
    committed = after;
    return true;
  }

  /**
   * Settles what was taken.
   *
   * @param cost what the request cost; null if nobody knows, which is then all that was taken
   */
  void settle(Usd taken, @Nullable Usd cost) {
    if (budget != null && cost != null) {
      settleNow(taken, cost);
    }
  }

  private synchronized void settleNow(Usd taken, Usd cost) {
    committed = committed.minus(taken).plus(cost);
  }

  /** What is spent or spoken for. */
  synchronized Usd committed() {
    return committed;
  }

  /** Why there is not so much in it. */
  synchronized String shortOf(String label, Usd atMost) {
    return "The budget of %s has no room for another request to %s: %s of it is gone, and it may cost %s. Raise the budget, or lower maxOutputTokens."
        .formatted(
            budget == null ? "?" : budget.format(), label, committed.format(), atMost.format());
  }
}
