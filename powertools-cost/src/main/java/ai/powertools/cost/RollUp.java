package ai.powertools.cost;

import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements that sum up entries by day and label. Entries are taken over in the order of their
 * numbers, each once, some time after they were written: the database does that for thousands of
 * them in the time of a few single ones.
 */
final class RollUp {
  /** Amounts are added up in millions of pico-dollars and in what is left: no sum is too long. */
  private static final long MILLION = 1_000_000;

  /** A column, and what an entry adds to it. */
  private record Column(String name, String expression) {}

  private static final List<Column> COUNTS =
      List.of(
          new Column("calls", "CASE WHEN attempt = 1 THEN 1 ELSE 0 END"),
          new Column("attempts", "1"),
          new Column("succeeded", when("outcome = 'SUCCEEDED'", "1")),
          new Column("failed", when("outcome = 'FAILED'", "1")),
          new Column("cancelled", when("outcome = 'CANCELLED'", "1")),
          new Column("lost", when("outcome = 'LOST'", "1")),
          new Column("truncated", when("outcome = 'SUCCEEDED' AND answer = 'TRUNCATED'", "1")),
          new Column("unused", when("outcome = 'SUCCEEDED' AND answer = 'UNUSED'", "1")),
          new Column("estimated", when("certainty = 'ESTIMATED'", "1")),
          new Column("unknown", when("cost_pico IS NULL", "1")),
          new Column("boundless", when("cost_pico IS NULL AND at_most_pico IS NULL", "1")),
          new Column("input_tokens", "input_tokens"),
          new Column("cached_input_tokens", "cached_input_tokens"),
          new Column("cache_write_tokens", "cache_write_tokens"),
          new Column("output_tokens", "output_tokens"),
          new Column("reasoning_tokens", "reasoning_tokens"));

  private static final List<Column> AMOUNTS =
      List.of(
          new Column("cost", "COALESCE(cost_pico, 0)"),
          new Column("unknown_most", when("cost_pico IS NULL", "COALESCE(at_most_pico, 0)")),
          new Column("counted", "counted_pico"),
          new Column("saved", "saved_pico"),
          new Column("failed_cost", when("outcome = 'FAILED'", "COALESCE(cost_pico, 0)")),
          new Column("cancelled_cost", when("outcome = 'CANCELLED'", "COALESCE(cost_pico, 0)")),
          new Column(
              "truncated_cost",
              when("outcome = 'SUCCEEDED' AND answer = 'TRUNCATED'", "COALESCE(cost_pico, 0)")),
          new Column(
              "unused_cost",
              when("outcome = 'SUCCEEDED' AND answer = 'UNUSED'", "COALESCE(cost_pico, 0)")),
          new Column("retried", "0"));

  private static final String ROLL = rollUp(counts(), "cost_entry", "day, label");

  /** What failed and was made again belongs to the attempt that failed, found by its successor. */
  private static final String RETRIED =
      rollUp(
          halves(
              List.of(
                  new Column(
                      "failed_cost",
                      when("prior.outcome = 'FAILED'", "-COALESCE(prior.cost_pico, 0)")),
                  new Column(
                      "cancelled_cost",
                      when("prior.outcome = 'CANCELLED'", "-COALESCE(prior.cost_pico, 0)")),
                  new Column("retried", "COALESCE(prior.cost_pico, 0)"))),
          "cost_entry JOIN cost_entry AS prior ON prior.call_id = cost_entry.call_id"
              + " AND prior.attempt = cost_entry.attempt - 1",
          "prior.day, prior.label",
          " AND cost_entry.redone_pico <> 0");

  private static final String LATENCIES =
      "INSERT INTO cost_day_latency (day, label, latency_class, attempts)"
          + " SELECT day, label, latency_class, SUM(?) FROM cost_entry"
          + " WHERE seq > ? AND seq <= ? AND latency_class IS NOT NULL"
          + " GROUP BY day, label, latency_class"
          + " ON CONFLICT (day, label, latency_class) DO UPDATE"
          + " SET attempts = cost_day_latency.attempts + excluded.attempts";

  private RollUp() {}

  /** Adds the entries after the one number up to the other, or takes them off again. */
  static void run(Sql sql, long after, long last, int sign) {
    sql.execute(ROLL, signs(counts().size(), sign, after, last));
    sql.execute(RETRIED, signs(6, sign, after, last));
    sql.execute(LATENCIES, (long) sign, after, last);
    units(sql, after, last, sign);
  }

  private static @Nullable Object[] signs(int count, int sign, long after, long last) {
    @Nullable Object[] parameters = new @Nullable Object[count + 2];
    Arrays.fill(parameters, (long) sign);
    parameters[count] = after;
    parameters[count + 1] = last;
    return parameters;
  }

  private static void units(Sql sql, long after, long last, int sign) {
    record Key(long day, long label, Unit unit) {}
    record Detailed(long day, long label, String details) {}
    Map<Key, Long> sums = new HashMap<>();
    for (Detailed entry :
        sql.query(
            "SELECT day, label, details FROM cost_entry"
                + " WHERE seq > ? AND seq <= ? AND details IS NOT NULL",
            r -> new Detailed(r.longValue("day"), r.longValue("label"), r.string("details")),
            after,
            last)) {
      Details.of(Optional.of(entry.details()))
          .forEach(
              (unit, quantity) ->
                  sums.merge(
                      new Key(entry.day(), entry.label(), unit), sign * quantity, Long::sum));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    sums.forEach(
        (key, quantity) ->
            rows.add(new @Nullable Object[] {key.day(), key.label(), key.unit().key(), quantity}));
    sql.executeAll(
        "INSERT INTO cost_day_unit (day, label, unit, quantity) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (day, label, unit) DO UPDATE"
            + " SET quantity = cost_day_unit.quantity + excluded.quantity",
        rows);
  }

  /** An amount of a row. */
  static Usd amount(Row row, String name) {
    return Usd.ofPico(row.longValue(name + "_million"))
        .times(MILLION)
        .plus(Usd.ofPico(row.longValue(name + "_rest")));
  }

  /** A row without its units and latencies. */
  static Totals totals(Row row, Map<Unit, Long> units, Latencies latencies) {
    return new Totals(
        row.longValue("calls"),
        row.longValue("attempts"),
        row.longValue("succeeded"),
        row.longValue("failed"),
        row.longValue("cancelled"),
        row.longValue("lost"),
        row.longValue("truncated"),
        row.longValue("unused"),
        row.longValue("estimated"),
        row.longValue("unknown"),
        amount(row, "cost"),
        row.longValue("boundless") == 0
            ? Optional.of(amount(row, "unknown_most"))
            : Optional.empty(),
        new Usage(
            row.longValue("input_tokens"),
            row.longValue("cached_input_tokens"),
            row.longValue("cache_write_tokens"),
            row.longValue("output_tokens"),
            row.longValue("reasoning_tokens"),
            units),
        amount(row, "saved"),
        new Waste(
            amount(row, "retried"),
            amount(row, "failed_cost"),
            amount(row, "cancelled_cost"),
            amount(row, "truncated_cost"),
            amount(row, "unused_cost")),
        latencies);
  }

  private static String when(String condition, String value) {
    return "CASE WHEN " + condition + " THEN " + value + " ELSE 0 END";
  }

  private static List<Column> counts() {
    List<Column> all = new ArrayList<>(COUNTS);
    all.addAll(halves(AMOUNTS));
    return all;
  }

  private static List<Column> halves(List<Column> amounts) {
    List<Column> all = new ArrayList<>();
    for (Column amount : amounts) {
      String whole = "(" + amount.expression() + ")";
      all.add(new Column(amount.name() + "_million", whole + " / " + MILLION));
      all.add(new Column(amount.name() + "_rest", whole + " % " + MILLION));
    }
    return all;
  }

  private static String rollUp(List<Column> columns, String from, String group) {
    return rollUp(columns, from, group, "");
  }

  /** The sign of each column is a parameter; then the numbers follow, exclusive and inclusive. */
  private static String rollUp(List<Column> columns, String from, String group, String and) {
    StringBuilder names = new StringBuilder();
    StringBuilder sums = new StringBuilder();
    StringBuilder updates = new StringBuilder();
    for (Column column : columns) {
      names.append(", ").append(column.name());
      sums.append(", SUM((").append(column.expression()).append(") * ?)");
      updates
          .append(updates.isEmpty() ? "" : ", ")
          .append(column.name())
          .append(" = cost_day.")
          .append(column.name())
          .append(" + excluded.")
          .append(column.name());
    }
    return "INSERT INTO cost_day (day, label"
        + names
        + ") SELECT "
        + group
        + sums
        + " FROM "
        + from
        + " WHERE cost_entry.seq > ? AND cost_entry.seq <= ?"
        + and
        + " GROUP BY "
        + group
        + " ON CONFLICT (day, label) DO UPDATE SET "
        + updates;
  }
}
