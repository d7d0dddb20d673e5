package ai.powertools.cost;

import ai.powertools.models.Usd;

/**
 * A sum over ledger entries that does not hide what it does not know.
 *
 * @param known the sum of all costs that are known
 * @param attempts how many attempts there were
 * @param unknown how many of them have an unknown cost
 * @param unknownAtMost what those may have cost at most, as far as anybody can tell
 */
public record Spending(Usd known, long attempts, long unknown, Usd unknownAtMost) {}
