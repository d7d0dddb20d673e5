package ai.powertools.models;

import java.util.List;
import java.util.Optional;

/**
 * What one call costs: the model that answered, what it used, our price and the vendor's.
 *
 * @param model the model that was charged for; empty when the catalog has none of that name
 * @param usage what it used
 * @param cost what that costs
 * @param vendorCost what the vendor says the whole call costs; kept beside ours, never mixed with
 *     it
 * @param iterations what else the vendor ran within the call, each with its own cost
 */
public record PricedCall(
    Optional<Model> model,
    Usage usage,
    Cost cost,
    Optional<Usd> vendorCost,
    List<PricedCall> iterations) {

  /** Copies the list. */
  public PricedCall {
    iterations = List.copyOf(iterations);
  }

  /** What is charged for the call: its own cost and that of all its iterations. */
  public Cost whole() {
    Cost sum = cost;
    for (PricedCall iteration : iterations) {
      sum = sum.plus(iteration.whole());
    }
    return sum;
  }

  /** How much more the vendor says than we do; empty when either does not know. */
  public Optional<Usd> drift() {
    return vendorCost.flatMap(theirs -> whole().total().map(theirs::minus));
  }
}
