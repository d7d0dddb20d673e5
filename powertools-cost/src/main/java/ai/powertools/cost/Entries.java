package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on the entries of the ledger. */
final class Entries {
  private static final String COLUMNS =
      "call_id, attempt, at, task, trace_id, model, outcome, input_tokens, cached_input_tokens,"
          + " cache_write_tokens, output_tokens, reasoning_tokens, cost_pico, certainty,"
          + " at_most_pico, details";

  /** Amounts are added up in millions and in what is left, so that no sum is beyond a long. */
  private static final long MILLION = 1_000_000;

  private static final String SUMS =
      " COUNT(*) AS attempts"
          + sum("cost_pico / 1000000", "whole")
          + sum("cost_pico % 1000000", "rest")
          + sum("CASE WHEN cost_pico IS NULL THEN 1 ELSE 0 END", "blank")
          + sum("CASE WHEN cost_pico IS NULL THEN at_most_pico / 1000000 END", "most_whole")
          + sum("CASE WHEN cost_pico IS NULL THEN at_most_pico % 1000000 END", "most_rest")
          + sum(
              "CASE WHEN cost_pico IS NULL AND at_most_pico IS NULL THEN 1 ELSE 0 END", "boundless")
          + " FROM cost_entry";

  private Entries() {}

  /** Adds the entry; 0 when there is one of that call and attempt already. */
  static int insert(Sql sql, LedgerEntry entry) {
    Usage usage = entry.usage();
    return sql.execute(
        "INSERT INTO cost_entry ("
            + COLUMNS
            + ")"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (call_id, attempt) DO NOTHING",
        entry.callId(),
        entry.attempt(),
        entry.at(),
        entry.task(),
        entry.traceId(),
        entry.model(),
        entry.outcome().name(),
        usage.inputTokens(),
        usage.cachedInputTokens(),
        usage.cacheWriteTokens(),
        usage.outputTokens(),
        usage.reasoningTokens(),
        entry.cost().map(Picos::of).orElse(null),
        entry.certainty().name(),
        entry.atMost().map(Picos::of).orElse(null),
        Details.text(usage.details()));
  }

  /** Makes room for the truth about an attempt that had been written off. */
  static void removeLost(Sql sql, String callId, int attempt) {
    sql.execute(
        "DELETE FROM cost_entry WHERE call_id = ? AND attempt = ? AND outcome = ?",
        callId,
        attempt,
        Outcome.LOST.name());
  }

  /** The entries that {@code clauses} leave, in their order. */
  static List<LedgerEntry> select(Sql sql, String clauses, @Nullable Object... parameters) {
    return sql.query(
        "SELECT " + COLUMNS + " FROM cost_entry " + clauses, Entries::entry, parameters);
  }

  static Spending total(Sql sql) {
    return sql.first("SELECT" + SUMS, Entries::spending).orElseThrow();
  }

  /** The sums for each value of a column. */
  static List<SpendingBy> by(Sql sql, String column) {
    return sql.query(
        "SELECT " + column + "," + SUMS + " GROUP BY " + column,
        r -> new SpendingBy(r.string(column), spending(r)));
  }

  private static String sum(String expression, String name) {
    return ", COALESCE(SUM(" + expression + "), 0) AS " + name;
  }

  private static Spending spending(Row row) {
    boolean bounded = row.longValue("boundless") == 0;
    return new Spending(
        amount(row, "whole", "rest"),
        row.longValue("attempts"),
        row.longValue("blank"),
        bounded ? Optional.of(amount(row, "most_whole", "most_rest")) : Optional.empty());
  }

  private static Usd amount(Row row, String whole, String rest) {
    return Usd.ofPico(row.longValue(whole)).times(MILLION).plus(Usd.ofPico(row.longValue(rest)));
  }

  private static LedgerEntry entry(Row row) {
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
            row.longValue("reasoning_tokens"),
            Details.of(row.findString("details"))),
        row.findLong("cost_pico").map(Usd::ofPico),
        Certainty.valueOf(row.string("certainty")),
        row.findLong("at_most_pico").map(Usd::ofPico));
  }
}
