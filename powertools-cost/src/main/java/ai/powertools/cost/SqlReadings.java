package ai.powertools.cost;

import ai.powertools.models.Unit;
import ai.powertools.models.Usd;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be read from a ledger in a store. */
final class SqlReadings implements Readings {
  private final Store store;
  private final StoreLedger.Shared shared;
  private final StoreLedger ledger;

  SqlReadings(Store store, StoreLedger.Shared shared, StoreLedger ledger) {
    this.store = store;
    this.shared = shared;
    this.ledger = ledger;
  }

  @Override
  public ZoneId zone() {
    return shared.zone();
  }

  @Override
  public List<LedgerEntry> ofCall(String callId) {
    return select("WHERE call_id = ? ORDER BY attempt", callId);
  }

  @Override
  public List<LedgerEntry> ofTrace(String traceId) {
    return select("WHERE trace_id = ? ORDER BY seq", traceId);
  }

  @Override
  public List<LedgerEntry> ofSession(String session) {
    return select("WHERE session = ? ORDER BY seq", session);
  }

  @Override
  public List<LedgerEntry> recent(int most) {
    return select("ORDER BY seq DESC LIMIT ?", most);
  }

  private List<LedgerEntry> select(String clauses, Object parameter) {
    return store.read(
        sql -> new SqlEntries(sql, shared.labels(), new Labels.Given()).select(clauses, parameter));
  }

  @Override
  public Page page(Cursor after, Instant before, int most) {
    List<SqlEntries.Numbered> page =
        store.read(
            sql ->
                new SqlEntries(sql, shared.labels(), new Labels.Given())
                    .numbered(
                        "WHERE (began_at, seq) > (?, ?) AND began_at < ?"
                            + " ORDER BY began_at, seq LIMIT ?",
                        bounded(after.beganAt()),
                        after.number(),
                        bounded(before),
                        most));
    if (page.isEmpty()) {
      return new Page(List.of(), after);
    }
    SqlEntries.Numbered last = page.get(page.size() - 1);
    return new Page(
        page.stream().map(SqlEntries.Numbered::entry).toList(),
        new Cursor(last.entry().beganAt(), last.number()));
  }

  /** A day and a label as one number, which maps find sooner than a record of two. */
  private static long group(long day, long label) {
    return (day << (Integer.SIZE + Byte.SIZE)) ^ label;
  }

  @Override
  public List<DayTotals> days(LocalDate first, LocalDate last) {
    ledger.rollUp();
    long from = bounded(first).toEpochDay();
    long to = bounded(last).toEpochDay();
    return store.read(sql -> days(sql, from, to));
  }

  private List<DayTotals> days(Sql sql, long from, long to) {
    record Row(long day, long label, Totals totals) {}
    shared.labels().learnAll(sql, new Labels.Given());
    Map<Long, Map<Unit, Long>> units = units(sql, from, to);
    Map<Long, Latencies> latencies = latencies(sql, from, to);
    return sql
        .query(
            "SELECT * FROM cost_day WHERE day >= ? AND day <= ? AND attempts > 0"
                + " ORDER BY day, label",
            r -> {
              long day = r.longValue("day");
              long label = r.longValue("label");
              long group = group(day, label);
              return new Row(
                  day,
                  label,
                  RollUp.totals(
                      r,
                      units.getOrDefault(group, Map.of()),
                      latencies.getOrDefault(group, Latencies.NONE)));
            },
            from,
            to)
        .stream()
        .map(
            row ->
                new DayTotals(
                    LocalDate.ofEpochDay(row.day()),
                    shared.labels().attributes(sql, row.label(), new Labels.Given()),
                    row.totals()))
        .toList();
  }

  private static Map<Long, Map<Unit, Long>> units(Sql sql, long from, long to) {
    Map<Long, Map<Unit, Long>> all = new HashMap<>();
    record Quantity(long group, String unit, long quantity) {}
    for (Quantity one :
        sql.query(
            "SELECT day, label, unit, quantity FROM cost_day_unit"
                + " WHERE day >= ? AND day <= ? AND quantity > 0",
            r ->
                new Quantity(
                    group(r.longValue("day"), r.longValue("label")),
                    r.string("unit"),
                    r.longValue("quantity")),
            from,
            to)) {
      Unit.of(one.unit())
          .ifPresent(
              unit ->
                  all.computeIfAbsent(one.group(), unused -> new EnumMap<>(Unit.class))
                      .put(unit, one.quantity()));
    }
    return all;
  }

  /** There are fifty times as many as days and labels: the database puts them together. */
  private static Map<Long, Latencies> latencies(Sql sql, long from, long to) {
    Map<Long, Latencies> all = new HashMap<>();
    record Classes(long group, String text) {}
    for (Classes one :
        sql.query(
            "SELECT day, label, STRING_AGG(latency_class || ':' || attempts, ' ') AS classes"
                + " FROM cost_day_latency WHERE day >= ? AND day <= ? AND attempts > 0"
                + " GROUP BY day, label",
            r -> new Classes(group(r.longValue("day"), r.longValue("label")), r.string("classes")),
            from,
            to)) {
      all.put(one.group(), Latencies.parse(one.text()));
    }
    return all;
  }

  @Override
  public List<DayCost> costs(LocalDate first, LocalDate last) {
    ledger.rollUp();
    record Row(long day, long label, Usd cost) {}
    return store.read(
        sql -> {
          shared.labels().learnAll(sql, new Labels.Given());
          return sql
              .query(
                  "SELECT day, label, cost_million, cost_rest FROM cost_day"
                      + " WHERE day >= ? AND day <= ?",
                  r -> new Row(r.longValue("day"), r.longValue("label"), RollUp.amount(r, "cost")),
                  bounded(first).toEpochDay(),
                  bounded(last).toEpochDay())
              .stream()
              .map(
                  row ->
                      new DayCost(
                          LocalDate.ofEpochDay(row.day()),
                          shared.labels().attributes(sql, row.label(), new Labels.Given()),
                          row.cost()))
              .toList();
        });
  }

  /** A moment that a column of microseconds keeps. */
  private Instant bounded(Instant at) {
    Instant end = shared.farAway();
    return at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at.isAfter(end) ? end : at;
  }

  /** What epoch days of a column can be. */
  private static LocalDate bounded(LocalDate day) {
    LocalDate first = LocalDate.ofEpochDay(0);
    LocalDate last = LocalDate.of(9999, 12, 31);
    return day.isBefore(first) ? first : day.isAfter(last) ? last : day;
  }

  @Override
  public List<Alert> alerts(int most) {
    return store.read(
        sql ->
            sql.query(
                "SELECT budget, share, window_start, percent, limit_pico, spent_pico, at"
                    + " FROM cost_alert ORDER BY at DESC, percent DESC LIMIT ?",
                r ->
                    new Alert(
                        r.string("budget"),
                        r.string("share"),
                        r.instant("window_start"),
                        r.intValue("percent"),
                        Usd.ofPico(r.longValue("limit_pico")),
                        Usd.ofPico(r.longValue("spent_pico")),
                        r.instant("at")),
                most));
  }

  @Override
  public long prune(Instant before) {
    ledger.rollUp();
    return ledger.prune(bounded(before));
  }
}
