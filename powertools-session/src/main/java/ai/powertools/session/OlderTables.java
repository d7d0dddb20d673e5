package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Moves sessions from the tables of the first version, which kept bare JSON, into those of today:
 * one session a transaction, so that whoever is interrupted goes on with the next.
 */
final class OlderTables {
  private final Store store;
  private final RecordFormat format;

  OlderTables(Store store, RecordFormat format) {
    this.store = store;
    this.format = format;
  }

  private record Old(String name, Instant createdAt, Instant touchedAt) {}

  private record Value(String name, long seq, Instant at, String json) {}

  void move() {
    while (store.read(OlderTables::next).isPresent()) {
      store.update(sql -> next(sql).ifPresent(old -> move(sql, old)));
    }
  }

  private static Optional<Old> next(Sql sql) {
    return sql.first(
        "SELECT name, created_at, touched_at FROM session ORDER BY name LIMIT 1",
        r -> new Old(r.string("name"), r.instant("created_at"), r.instant("touched_at")));
  }

  private void move(Sql sql, Old old) {
    SqlRows rows = new SqlRows(sql);
    if (rows.session(old.name()).isEmpty()) {
      SessionRow head =
          Heads.fresh(Ids.next(rows, old.createdAt()), old.name(), old.createdAt(), Ttl.NEVER);
      long count = 0;
      long sum = 0;
      for (Value value : values(sql, old)) {
        EntryRow row = row(head.id(), old.name(), value);
        rows.put(row);
        count++;
        sum += format.hash(Values.id(row), row.record());
      }
      rows.put(
          Heads.changed(
              head,
              1,
              old.touchedAt(),
              new SessionRow.History(1, old.touchedAt(), 0),
              new SessionRow.Contents(count, sum)));
    }
    sql.execute("DELETE FROM session_value WHERE session = ?", old.name());
    sql.execute("DELETE FROM session_log WHERE session = ?", old.name());
    sql.execute("DELETE FROM session WHERE name = ?", old.name());
  }

  private static List<Value> values(Sql sql, Old old) {
    List<Value> values =
        sql.query(
            "SELECT name, value FROM session_value WHERE session = ?",
            r -> new Value(r.string("name"), Seq.VALUE, old.touchedAt(), r.string("value")),
            old.name());
    values.addAll(
        sql.query(
            "SELECT name, seq, at, value FROM session_log WHERE session = ? ORDER BY name, seq",
            r ->
                new Value(r.string("name"), r.longValue("seq"), r.instant("at"), r.string("value")),
            old.name()));
    return values;
  }

  private EntryRow row(long session, String name, Value value) {
    String where = Names.where(name, value.name(), value.seq());
    RecordId id =
        new RecordId(
            session, value.name(), value.seq(), 1, Moments.number(value.at()), Long.MAX_VALUE);
    Object json =
        JsonCodec.standard().decode(value.json().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    byte[] record = format.write(id, json, JsonCodec.standard(), where);
    return new EntryRow(
        session,
        value.name(),
        value.seq(),
        1,
        value.at(),
        Optional.empty(),
        Optional.empty(),
        record);
  }
}
