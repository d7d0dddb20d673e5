package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on single entries. For one transaction. */
final class SqlEntries {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final String COLUMNS =
      "call_id, attempt, at, began_at, day, label, session, trace_id, outcome, answer,"
          + " input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,"
          + " reasoning_tokens, details, cost_pico, certainty, at_most_pico, counted_pico,"
          + " vendor_pico, saved_pico, redone_pico, latency_micros, latency_class";

  private static final String INSERT =
      "INSERT INTO cost_entry ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (call_id, attempt) DO NOTHING";

  private final Sql sql;
  private final Labels labels;
  private final Labels.Given given;

  SqlEntries(Sql sql, Labels labels, Labels.Given given) {
    this.sql = sql;
    this.labels = labels;
    this.given = given;
  }

  /** An entry, and its number. */
  record Numbered(long number, LedgerEntry entry) {}

  /** Adds the entry; false when there is one of that call and attempt already. */
  boolean add(LedgerEntry entry, ZoneId zone) {
    Usage usage = entry.usage();
    return sql.execute(
            INSERT,
            entry.callId(),
            entry.attempt(),
            entry.at(),
            entry.beganAt(),
            LocalDate.ofInstant(entry.beganAt(), zone).toEpochDay(),
            labels.number(sql, entry.attributes(), given),
            orNull(entry.attributes().orBlank(Attributes.SESSION)),
            orNull(entry.traceId()),
            entry.outcome().name(),
            entry.use().name(),
            usage.inputTokens(),
            usage.cachedInputTokens(),
            usage.cacheWriteTokens(),
            usage.outputTokens(),
            usage.reasoningTokens(),
            Details.text(usage.details()),
            pico(entry.cost()),
            entry.certainty().name(),
            pico(entry.atMost()),
            Picos.of(entry.counted()),
            pico(entry.vendorCost()),
            entry.cacheSavings().toPicoExact(),
            Picos.of(entry.redone()),
            entry.latency().map(took -> took.toNanos() / NANOS_PER_MICRO).orElse(null),
            entry.latency().map(Latencies::bucket).orElse(null))
        == 1;
  }

  /** The entries that {@code clauses} leave, in their order. */
  List<LedgerEntry> select(String clauses, @Nullable Object... parameters) {
    return numbered(clauses, parameters).stream().map(Numbered::entry).toList();
  }

  /** The same with their numbers. */
  List<Numbered> numbered(String clauses, @Nullable Object... parameters) {
    // The labels in a second step: a reader must not run statements of its own.
    record Read(long number, long label, LedgerEntry entry) {}
    return sql
        .query(
            "SELECT seq, " + COLUMNS + " FROM cost_entry " + clauses,
            r -> new Read(r.longValue("seq"), r.longValue("label"), entry(r)),
            parameters)
        .stream()
        .map(read -> new Numbered(read.number(), labelled(read.entry(), read.label())))
        .toList();
  }

  private LedgerEntry labelled(LedgerEntry entry, long label) {
    return entry.with(labels.attributes(sql, label, given).with(entry.attributes()));
  }

  /** The attributes are only the session yet. */
  private static LedgerEntry entry(Row row) {
    return new LedgerEntry(
        row.string("call_id"),
        row.intValue("attempt"),
        row.instant("at"),
        row.instant("began_at"),
        session(row.findString("session")),
        row.findString("trace_id").orElse(""),
        Outcome.valueOf(row.string("outcome")),
        Use.valueOf(row.string("answer")),
        new Usage(
            row.longValue("input_tokens"),
            row.longValue("cached_input_tokens"),
            row.longValue("cache_write_tokens"),
            row.longValue("output_tokens"),
            row.longValue("reasoning_tokens"),
            Details.of(row.findString("details"))),
        row.findLong("cost_pico").map(Usd::ofPico),
        Certainty.valueOf(row.string("certainty")),
        row.findLong("at_most_pico").map(Usd::ofPico),
        Usd.ofPico(row.longValue("counted_pico")),
        row.findLong("vendor_pico").map(Usd::ofPico),
        Usd.ofPico(row.longValue("saved_pico")),
        Usd.ofPico(row.longValue("redone_pico")),
        row.findLong("latency_micros").map(micros -> Duration.ofNanos(micros * NANOS_PER_MICRO)));
  }

  static Attributes session(Optional<String> session) {
    return session
        .map(id -> Attributes.kept(Map.of(Attributes.SESSION, id)))
        .orElse(Attributes.NONE);
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static @Nullable Long pico(Optional<Usd> amount) {
    return amount.map(Picos::of).orElse(null);
  }
}
