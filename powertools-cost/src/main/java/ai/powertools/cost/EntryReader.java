package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Row;

/** A row of the ledger's table as an entry. */
final class EntryReader {
  private EntryReader() {}

  static LedgerEntry read(Row row) {
    return new LedgerEntry(
        row.string("call_id"),
        row.intValue("attempt"),
        row.instant("at"),
        row.string("task"),
        row.string("trace_id"),
        row.string("model"),
        Outcome.valueOf(row.string("outcome")),
        new Usage(
            row.longValue("input_tokens"),
            row.longValue("cached_input_tokens"),
            row.longValue("cache_write_tokens"),
            row.longValue("output_tokens"),
            row.longValue("reasoning_tokens")),
        row.findLong("cost_pico").map(Usd::ofPico),
        Certainty.valueOf(row.string("certainty")),
        Usd.ofPico(row.longValue("at_most_pico")));
  }
}
