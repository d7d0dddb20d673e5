package ai.powertools.cost;

import ai.powertools.models.Usd;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on what calls in flight hold, and on the trackers they belong to. */
final class SqlHeld {
  private static final String COLUMNS =
      "call_id, first_attempt, attempt, label, session, trace_id, reserved_pico, at_most_pico,"
          + " began_at, holder, lapses_at";

  private final Sql sql;
  private final Labels labels;
  private final Labels.Given given;

  SqlHeld(Sql sql, Labels labels, Labels.Given given) {
    this.sql = sql;
    this.labels = labels;
    this.given = given;
  }

  /** Adds it; false when the call holds something already. */
  boolean add(Held held) {
    return sql.execute(
            "INSERT INTO cost_held ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (call_id, first_attempt) DO NOTHING",
            held.callId(),
            held.firstAttempt(),
            held.attempt(),
            labels.number(sql, held.attributes(), given),
            SqlEntries.orNull(held.attributes().orBlank(Attributes.SESSION)),
            SqlEntries.orNull(held.traceId()),
            held.reserved(),
            SqlEntries.pico(held.atMost()),
            held.beganAt(),
            held.holder(),
            held.lapsesAt().orElse(null))
        == 1;
  }

  /** Puts it in the place of what the call holds. */
  void replace(Held held) {
    sql.execute(
        "UPDATE cost_held SET attempt = ?, label = ?, session = ?, trace_id = ?, reserved_pico = ?,"
            + " at_most_pico = ?, began_at = ?, holder = ?, lapses_at = ?"
            + " WHERE call_id = ? AND first_attempt = ?",
        held.attempt(),
        labels.number(sql, held.attributes(), given),
        SqlEntries.orNull(held.attributes().orBlank(Attributes.SESSION)),
        SqlEntries.orNull(held.traceId()),
        held.reserved(),
        SqlEntries.pico(held.atMost()),
        held.beganAt(),
        held.holder(),
        held.lapsesAt().orElse(null),
        held.callId(),
        held.firstAttempt());
  }

  Optional<Held> find(String callId, int firstAttempt) {
    return select("WHERE call_id = ? AND first_attempt = ?", callId, firstAttempt).stream()
        .findFirst();
  }

  /** Takes it away; how much was held. */
  long remove(String callId, int firstAttempt) {
    return sql.first(
            "DELETE FROM cost_held WHERE call_id = ? AND first_attempt = ?"
                + " RETURNING reserved_pico",
            r -> r.longValue("reserved_pico"),
            callId,
            firstAttempt)
        .orElse(0L);
  }

  List<Held> all() {
    return select("");
  }

  /** What has lapsed, by itself or with its tracker. */
  List<Book.Lapsed> lapsed(Instant now) {
    List<Book.Lapsed> all = new ArrayList<>();
    for (Held held : select("WHERE lapses_at <= ?", now)) {
      held.lapsesAt().ifPresent(at -> all.add(new Book.Lapsed(held, at)));
    }
    record Holder(String id, Instant lapsedAt) {}
    for (Holder holder :
        sql.query(
            "SELECT id, lapses_at FROM cost_holder WHERE lapses_at <= ?",
            r -> new Holder(r.string("id"), r.instant("lapses_at")),
            now)) {
      for (Held held : select("WHERE holder = ? AND lapses_at IS NULL", holder.id())) {
        all.add(new Book.Lapsed(held, holder.lapsedAt()));
      }
    }
    all.sort(Comparator.comparing(Book.Lapsed::at));
    return all;
  }

  /** Trackers that have lapsed are done with. */
  void removeLapsedHolders(Instant now) {
    sql.execute("DELETE FROM cost_holder WHERE lapses_at <= ?", now);
  }

  /** The tracker is alive, and will be taken for that until then. */
  void keepAlive(String holder, Instant until) {
    sql.execute(
        "INSERT INTO cost_holder (id, lapses_at) VALUES (?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET lapses_at = excluded.lapses_at",
        holder,
        until);
  }

  private List<Held> select(String clauses, @Nullable Object... parameters) {
    record Read(long label, Held held) {}
    return sql
        .query(
            "SELECT " + COLUMNS + " FROM cost_held " + clauses,
            r -> new Read(r.longValue("label"), held(r)),
            parameters)
        .stream()
        .map(
            read -> {
              Attributes label = labels.attributes(sql, read.label(), given);
              return read.held().of(label.with(read.held().attributes()));
            })
        .toList();
  }

  private static Held held(Row row) {
    return new Held(
        row.string("call_id"),
        row.intValue("first_attempt"),
        row.intValue("attempt"),
        SqlEntries.session(row.findString("session")),
        row.findString("trace_id").orElse(""),
        row.longValue("reserved_pico"),
        row.findLong("at_most_pico").map(Usd::ofPico),
        row.instant("began_at"),
        row.string("holder"),
        row.findInstant("lapses_at"));
  }
}
