package ai.powertools.cost;

import ai.powertools.models.Usd;
import ai.powertools.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The book in a store, for one transaction. Sums are read once and written at the end, however many
 * turns share the transaction: {@link #finish}.
 */
final class SqlBook implements Book, Backfill.Source {
  private final Sql sql;
  private final StoreLedger.Shared shared;
  private final SqlEntries entries;
  private final SqlHeld held;
  private final Labels.Given given = new Labels.Given();
  private final Map<Counter, Registered> counters = new LinkedHashMap<>();
  private final SqlSums sums;
  private final long countersVersion;
  private final List<List<Object>> alerted = new ArrayList<>();
  private long rolled;
  private Runnable onceKept = () -> {};

  /** The state of the ledger that every turn looks at first. */
  private record State(long counters, long rolled) {}

  SqlBook(Sql sql, StoreLedger.Shared shared) {
    this.sql = sql;
    this.shared = shared;
    this.entries = new SqlEntries(sql, shared.labels(), given);
    this.held = new SqlHeld(sql, shared.labels(), given);
    this.sums = new SqlSums(sql);
    State state =
        sql.first(
                "SELECT counters, rolled FROM cost_state WHERE id = 1",
                r -> new State(r.longValue("counters"), r.longValue("rolled")))
            .orElseThrow();
    this.countersVersion = state.counters();
    this.rolled = state.rolled();
    loadCounters();
  }

  private void loadCounters() {
    StoreLedger.Counters known = shared.counters();
    if (known.version() != countersVersion) {
      List<Registered> all =
          sql.query(
              "SELECT id, text FROM cost_counter ORDER BY id",
              r -> new Registered(r.longValue("id"), Counter.parse(r.string("text"))));
      known = new StoreLedger.Counters(countersVersion, List.copyOf(all));
      shared.know(known);
    }
    known.all().forEach(one -> counters.put(one.counter(), one));
  }

  /** Reads the sums that these calls will look at, in one trip where there are some. */
  void prefetch(List<Held> touched) {
    sums.prefetch(counters.values(), touched);
  }

  /** Writes what has changed. */
  void finish() {
    sums.write();
  }

  SqlHeld holdings() {
    return held;
  }

  /** What is to be remembered once the transaction is kept. */
  void onceKept(Runnable action) {
    onceKept = action;
  }

  /** The transaction is kept: what it found out may be remembered. */
  void kept() {
    onceKept.run();
    shared.labels().keep(given);
    shared.remember(alerted);
  }

  @Override
  public Collection<Registered> counters() {
    return counters.values();
  }

  @Override
  public Optional<Registered> find(Counter counter) {
    return Optional.ofNullable(counters.get(counter));
  }

  @Override
  public void register(Counter counter, Instant now) {
    String text = counter.text();
    sql.execute("INSERT INTO cost_counter (text) VALUES (?)", text);
    long id =
        sql.first("SELECT id FROM cost_counter WHERE text = ?", r -> r.longValue("id"), text)
            .orElseThrow();
    sql.execute("UPDATE cost_state SET counters = counters + 1 WHERE id = 1");
    backfill(new Registered(id, counter), now);
  }

  /** Under a number that no counter of the ledger has. */
  @Override
  public void preview(Counter counter, Instant now) {
    backfill(new Registered(-1 - counters.size(), counter), now);
  }

  private void backfill(Registered registered, Instant now) {
    counters.put(registered.counter(), registered);
    shared.labels().learnAll(sql, given);
    new Backfill(this, this, registered).run(now);
  }

  @Override
  public Balance balance(long counter, String share, long cell) {
    return sums.balance(counter, share, cell);
  }

  @Override
  public long spentFrom(long counter, String share, long firstCell) {
    return sums.spentFrom(counter, share, firstCell);
  }

  @Override
  public List<String> shares(long counter, long firstCell) {
    return sums.shares(counter, firstCell);
  }

  @Override
  public boolean hold(Held more) {
    return held.add(more);
  }

  @Override
  public Optional<Held> held(String callId, int firstAttempt) {
    return held.find(callId, firstAttempt);
  }

  @Override
  public void replace(Held other) {
    held.replace(other);
  }

  @Override
  public long drop(String callId, int firstAttempt) {
    return held.remove(callId, firstAttempt);
  }

  @Override
  public List<Lapsed> lapsed(Instant now) {
    List<Lapsed> all = held.lapsed(now);
    held.removeLapsedHolders(now);
    return all;
  }

  @Override
  public boolean add(LedgerEntry entry) {
    return entries.add(entry, shared.zone());
  }

  @Override
  public Optional<LedgerEntry> entry(String callId, int attempt) {
    return entries.select("WHERE call_id = ? AND attempt = ?", callId, attempt).stream()
        .findFirst();
  }

  @Override
  public void strike(LedgerEntry entry) {
    for (SqlEntries.Numbered one :
        entries.numbered("WHERE call_id = ? AND attempt = ?", entry.callId(), entry.attempt())) {
      if (one.number() <= rolled) {
        RollUp.run(sql, one.number() - 1, one.number(), -1);
      }
      sql.execute("DELETE FROM cost_entry WHERE seq = ?", one.number());
    }
  }

  @Override
  public boolean alert(Counter counter, CostEvent.ThresholdReached alert) {
    long id = Objects.requireNonNull(counters.get(counter), "a counter nobody keeps").id();
    List<Object> key = key(id, alert);
    if (shared.alerted().contains(key)) {
      return false;
    }
    alerted.add(key);
    return sql.execute(
            "INSERT INTO cost_alert (counter, budget, share, window_start, percent, limit_pico,"
                + " spent_pico, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            id,
            alert.budget().label(),
            alert.share(),
            alert.windowStart(),
            alert.percent(),
            Picos.of(alert.budget().limit()),
            Picos.of(alert.spent()),
            alert.at())
        == 1;
  }

  private static List<Object> key(long counter, CostEvent.ThresholdReached alert) {
    return List.of(
        counter, alert.share(), alert.windowStart(), alert.percent(), alert.budget().limit());
  }

  @Override
  public void forgetSums(Instant before) {
    counters.values().forEach(one -> sums.forget(one, before));
  }

  /** Sums up entries that are not yet, as many as told; whether there may be more. */
  boolean rollUp(int most) {
    Optional<Long> last =
        sql.first(
            "SELECT MAX(seq) AS last FROM (SELECT seq FROM cost_entry WHERE seq > ?"
                + " ORDER BY seq LIMIT ?) AS next",
            r -> r.findLong("last").orElse(rolled),
            rolled,
            most);
    long to = last.orElse(rolled);
    if (to > rolled) {
      RollUp.run(sql, rolled, to, 1);
      sql.execute("UPDATE cost_state SET rolled = ? WHERE id = 1", to);
    }
    boolean more = to - rolled >= most;
    rolled = to;
    return more;
  }

  @Override
  public ZoneId zone() {
    return shared.zone();
  }

  @Override
  public List<Backfill.Charges> days(LocalDate from, LocalDate before) {
    record Day(long day, long label, Usd counted) {}
    long first = from.toEpochDay();
    long end = before.toEpochDay();
    return sql
        .query(
            "SELECT day, label, counted_million, counted_rest FROM cost_day"
                + " WHERE day >= ? AND day < ?"
                // What is not summed up yet.
                + " UNION ALL SELECT day, label, SUM(counted_pico / 1000000) AS counted_million,"
                + " SUM(counted_pico % 1000000) AS counted_rest FROM cost_entry"
                + " WHERE seq > ? AND day >= ? AND day < ? GROUP BY day, label",
            r -> new Day(r.longValue("day"), r.longValue("label"), RollUp.amount(r, "counted")),
            first,
            end,
            rolled,
            first,
            end)
        .stream()
        .map(
            day ->
                new Backfill.Charges(
                    shared.labels().attributes(sql, day.label(), given),
                    LocalDate.ofEpochDay(day.day()).atStartOfDay(zone()).toInstant(),
                    day.counted()))
        .toList();
  }

  @Override
  public List<Backfill.Charges> entries(Instant from, Instant before, Duration part) {
    record Part(long began, long label, Optional<String> session, Usd counted) {}
    long micros = part.toNanos() / 1000;
    // Instant.MAX is beyond what a column of microseconds keeps.
    Instant end = before.equals(Instant.MAX) ? shared.farAway() : before;
    return sql
        .query(
            "SELECT MIN(began_at) AS began, label, session,"
                + " SUM(counted_pico / 1000000) AS counted_million,"
                + " SUM(counted_pico % 1000000) AS counted_rest FROM cost_entry"
                + " WHERE began_at >= ? AND began_at < ? AND counted_pico > 0"
                + " GROUP BY began_at / ?, label, session",
            r ->
                new Part(
                    r.longValue("began"),
                    r.longValue("label"),
                    r.findString("session"),
                    RollUp.amount(r, "counted")),
            from,
            end,
            micros)
        .stream()
        .map(
            one ->
                new Backfill.Charges(
                    shared
                        .labels()
                        .attributes(sql, one.label(), given)
                        .with(SqlEntries.session(one.session())),
                    Instant.EPOCH.plusNanos(one.began() * 1000),
                    one.counted()))
        .toList();
  }

  @Override
  public List<Held> held() {
    return held.all();
  }
}
