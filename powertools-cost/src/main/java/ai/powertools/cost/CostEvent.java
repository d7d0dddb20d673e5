package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;

/** Something about money that somebody may want to know at once. */
public sealed interface CostEvent {

  /**
   * So many percent of a limit are spent. Comes once in each window, among all processes that share
   * the ledger, which keeps it: {@link CostTracker#alerts}.
   *
   * @param budget which
   * @param share whose, as in {@code user=ada}; blank where all its calls share the budget
   * @param windowStart when the window began
   * @param percent the threshold that was reached
   * @param spent what was spent then
   * @param at when it was reached
   */
  record ThresholdReached(
      Budget budget, String share, Instant windowStart, int percent, Usd spent, Instant at)
      implements CostEvent {}

  /**
   * A call that a soft limit has no room for went ahead.
   *
   * @param status the budget before the call
   * @param requested what the call may cost
   * @param callId the call
   */
  record LimitPassed(BudgetStatus status, Usd requested, String callId) implements CostEvent {}

  /**
   * More was spent than the limit of a hard budget, because an attempt cost more than was reserved
   * for it. From now on every call is refused.
   *
   * @param status the budget now
   * @param callId the call that did it
   * @param beyondReservation how much more than its reservation it cost
   */
  record Overshot(BudgetStatus status, String callId, Usd beyondReservation) implements CostEvent {}

  /**
   * The vendor's own statement of a cost and ours differ by more than is tolerated: a price is
   * wrong, or has changed.
   *
   * @param entry with our cost and the vendor's
   * @param drift the vendor's less ours
   */
  record PriceDrift(LedgerEntry entry, Usd drift) implements CostEvent {}

  /**
   * A call was never heard of again: its process has died, or dropped it.
   *
   * @param entry what is known of it
   */
  record CallLost(LedgerEntry entry) implements CostEvent {}

  /**
   * A cheaper model takes the place of one that a budget has no room for.
   *
   * @param callId the call
   * @param refused the model that was asked for
   * @param instead the model that fits
   */
  record Downgraded(String callId, String refused, String instead) implements CostEvent {}
}
