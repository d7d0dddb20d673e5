package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.Optional;

/**
 * What becomes of calls to a model without a price, where there is a budget to keep. Immutable.
 *
 * @param assumed what one attempt is taken to cost at most; empty to refuse
 */
public record UnknownCost(Optional<Usd> assumed) {
  /**
   * Refuses a bound that is none.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public UnknownCost {
    if (assumed.isPresent() && assumed.get().compareTo(Usd.ZERO) <= 0) {
      throw new IllegalArgumentException(
          "What a call may cost at most must be above $0, not " + assumed.get().format());
    }
  }

  /** They are refused with {@link UnknownCostException}: the default. */
  public static UnknownCost refuse() {
    return new UnknownCost(Optional.empty());
  }

  /**
   * So much is reserved for each attempt, and counted in the budgets when its cost stays unknown.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public static UnknownCost reserve(Usd perAttempt) {
    return new UnknownCost(Optional.of(perAttempt));
  }
}
