package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;

/**
 * An alert as the ledger keeps it.
 *
 * @param budget the budget's label at that time, as in {@code team=search, monthly}
 * @param share whose, as in {@code user=ada}; blank where all its calls share the budget
 * @param windowStart when the window began
 * @param percent the threshold that was reached
 * @param limit the limit at that time
 * @param spent what was spent then
 * @param at when it was reached
 */
public record Alert(
    String budget,
    String share,
    Instant windowStart,
    int percent,
    Usd limit,
    Usd spent,
    Instant at) {

  static Alert of(CostEvent.ThresholdReached reached) {
    return new Alert(
        reached.budget().label(),
        reached.share(),
        reached.windowStart(),
        reached.percent(),
        reached.budget().limit(),
        reached.spent(),
        reached.at());
  }
}
