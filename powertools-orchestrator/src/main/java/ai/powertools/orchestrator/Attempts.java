package ai.powertools.orchestrator;

import ai.powertools.cost.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/** The ledger entries of one call, all models that were tried included. Safe for many threads. */
final class Attempts {
  private final List<LedgerEntry> entries = new ArrayList<>();

  synchronized void add(LedgerEntry entry) {
    entries.add(entry);
  }

  synchronized List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }

  /** What the next attempt is numbered. */
  synchronized int next() {
    return entries.size() + 1;
  }
}
