package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.Optional;

/**
 * A sum over ledger entries that does not hide what it does not know.
 *
 * @param known the sum of all costs that are known or estimated
 * @param attempts how many attempts there were
 * @param unknown how many of them have an unknown cost
 * @param unknownAtMost what those may have cost at most, zero when there are none; empty when for
 *     one of them nobody can tell
 */
public record Spending(Usd known, long attempts, long unknown, Optional<Usd> unknownAtMost) {
  static Spending of(Totals totals) {
    return new Spending(totals.cost(), totals.attempts(), totals.unknown(), totals.unknownAtMost());
  }

  /** As in {@code $1.20 in 7 attempts, and at most $0.30 more for 2 of unknown cost}. */
  @Override
  public String toString() {
    String sum = known.format() + " in " + attempts + (attempts == 1 ? " attempt" : " attempts");
    if (unknown == 0) {
      return sum;
    }
    String more = unknownAtMost.map(most -> "at most " + most.format() + " more").orElse("more");
    return sum + ", and " + more + " for " + unknown + " of unknown cost";
  }
}
