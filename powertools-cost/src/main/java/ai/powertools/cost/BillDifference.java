package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of a bill next to what the ledger says of the same day and model.
 *
 * @param day which
 * @param model which, or another key
 * @param ours by the ledger; empty when only the vendor has the line
 * @param billed by the vendor; empty when only the ledger has the line
 * @param agrees whether the two differ by no more than was tolerated
 */
public record BillDifference(
    LocalDate day, String model, Optional<Usd> ours, Optional<Usd> billed, boolean agrees) {

  /** What was billed beyond what the ledger says; negative when less was. */
  public Usd excess() {
    return billed.orElse(Usd.ZERO).minus(ours.orElse(Usd.ZERO));
  }

  /** Without its sign. */
  Usd size() {
    return excess().isNegative() ? Usd.ZERO.minus(excess()) : excess();
  }
}
