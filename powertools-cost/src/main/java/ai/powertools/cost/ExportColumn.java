package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A column of an export.
 *
 * @param name in lower case with underscores; never changes its meaning
 * @param type what all its values are
 * @param value of an entry; empty where there is none, which is not the same as zero
 */
record ExportColumn(String name, Type type, Function<LedgerEntry, Optional<String>> value) {
  /** What a value is, in words that data frames know. */
  enum Type {
    /** Text. */
    STRING,
    /** A whole number of 64 bits. */
    INT64,
    /** Dollars as a decimal of up to 12 places, which a binary fraction would not keep. */
    DECIMAL,
    /** A moment in UTC to the microsecond, as in 2026-11-24T10:00:00.123456Z. */
    TIMESTAMP
  }

  static final List<ExportColumn> ALL =
      List.of(
          text("call_id", LedgerEntry::callId),
          number("attempt", LedgerEntry::attempt),
          moment("began_at", LedgerEntry::beganAt),
          moment("recorded_at", LedgerEntry::at),
          attribute(Attributes.TASK),
          attribute(Attributes.USER),
          attribute(Attributes.TEAM),
          attribute(Attributes.PROJECT),
          attribute(Attributes.SESSION),
          attribute(Attributes.PROVIDER),
          attribute(Attributes.MODEL),
          text("tags", ExportColumn::tags),
          text("trace_id", LedgerEntry::traceId),
          text("outcome", entry -> entry.outcome().name()),
          text("answer", entry -> entry.use().name()),
          number("input_tokens", entry -> entry.usage().inputTokens()),
          number("cached_input_tokens", entry -> entry.usage().cachedInputTokens()),
          number("cache_write_tokens", entry -> entry.usage().cacheWriteTokens()),
          number("output_tokens", entry -> entry.usage().outputTokens()),
          number("reasoning_tokens", entry -> entry.usage().reasoningTokens()),
          text("other_usage", ExportColumn::details),
          amount("cost_usd", LedgerEntry::cost),
          text("certainty", entry -> entry.certainty().name()),
          amount("at_most_usd", LedgerEntry::atMost),
          amount("counted_usd", entry -> Optional.of(entry.counted())),
          amount("vendor_usd", LedgerEntry::vendorCost),
          amount("cache_savings_usd", entry -> Optional.of(entry.cacheSavings())),
          new ExportColumn(
              "latency_micros",
              Type.INT64,
              entry -> entry.latency().map(took -> Long.toString(took.toNanos() / 1_000))));

  private static final List<String> OWN_COLUMNS =
      List.of(
          Attributes.TASK,
          Attributes.USER,
          Attributes.TEAM,
          Attributes.PROJECT,
          Attributes.SESSION,
          Attributes.PROVIDER,
          Attributes.MODEL);

  private static ExportColumn text(String name, Function<LedgerEntry, String> value) {
    return new ExportColumn(
        name,
        Type.STRING,
        entry -> Optional.of(value.apply(entry)).filter(text -> !text.isEmpty()));
  }

  private static ExportColumn attribute(String name) {
    return new ExportColumn(name, Type.STRING, entry -> entry.attributes().get(name));
  }

  private static ExportColumn number(String name, Function<LedgerEntry, Number> value) {
    return new ExportColumn(name, Type.INT64, entry -> Optional.of(value.apply(entry).toString()));
  }

  private static ExportColumn amount(String name, Function<LedgerEntry, Optional<Usd>> value) {
    return new ExportColumn(name, Type.DECIMAL, entry -> value.apply(entry).map(Usd::toString));
  }

  private static ExportColumn moment(String name, Function<LedgerEntry, Instant> value) {
    return new ExportColumn(
        name,
        Type.TIMESTAMP,
        entry -> Optional.of(value.apply(entry).truncatedTo(ChronoUnit.MICROS).toString()));
  }

  /** Attributes without a column of their own, one behind the other. */
  private static String tags(LedgerEntry entry) {
    return entry.attributes().asMap().entrySet().stream()
        .filter(tag -> !OWN_COLUMNS.contains(tag.getKey()))
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(";"));
  }

  private static String details(LedgerEntry entry) {
    return entry.usage().details().entrySet().stream()
        .map(one -> one.getKey().key() + "=" + one.getValue())
        .collect(Collectors.joining(";"));
  }
}
