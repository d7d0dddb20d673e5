package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import ai.powertools.session.spi.SessionStore.FoundValue;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows by statements that SQLite and PostgreSQL both understand. */
final class SqlRows implements SessionRows {
  private static final String HEAD =
      "SELECT id, name, created_at, touched_at, version, fence, holder, locked_until, expires_at,"
          + " slide, history_from, history_from_at, snapshot, entries, sum, seal"
          + " FROM session_head ";
  private static final String ENTRY =
      "SELECT session, name, seq, version, at, expires_at, slide, record FROM session_entry ";
  private static final String PAST =
      "SELECT session, name, seq, version, at, expires_at, slide, record, until, until_at, seal"
          + " FROM session_past ";

  private static final String PUT_HEAD =
      "INSERT INTO session_head (id, name, created_at, touched_at, version, fence, holder,"
          + " locked_until, expires_at, slide, history_from, history_from_at, snapshot,"
          + " entries, sum, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET touched_at = excluded.touched_at,"
          + " version = excluded.version, fence = excluded.fence, holder = excluded.holder,"
          + " locked_until = excluded.locked_until, expires_at = excluded.expires_at,"
          + " slide = excluded.slide, history_from = excluded.history_from,"
          + " history_from_at = excluded.history_from_at, snapshot = excluded.snapshot,"
          + " entries = excluded.entries, sum = excluded.sum, seal = excluded.seal";
  private static final String PUT_ENTRY =
      "INSERT INTO session_entry (session, name, seq, version, at, expires_at, slide, record)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, name, seq) DO UPDATE SET"
          + " version = excluded.version, at = excluded.at, expires_at = excluded.expires_at,"
          + " slide = excluded.slide, record = excluded.record";

  private final Sql sql;

  SqlRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<SessionRow> session(String name) {
    return sql.first(HEAD + "WHERE name = ?", SqlRows::head, name);
  }

  /** {@link SessionStore#find}, by one statement. */
  static Optional<FoundValue> find(Store store, String session, String name) {
    return store.first(
        "SELECT h.id, h.name, h.created_at, h.touched_at, h.version, h.fence, h.holder,"
            + " h.locked_until, h.expires_at, h.slide, h.history_from, h.history_from_at,"
            + " h.snapshot, h.entries, h.sum, h.seal, e.version AS e_version, e.at AS e_at,"
            + " e.expires_at AS e_expires_at, e.slide AS e_slide, e.record AS e_record"
            + " FROM session_head h LEFT JOIN session_entry e"
            + " ON e.session = h.id AND e.name = ? AND e.seq = 0 WHERE h.name = ?",
        r -> new FoundValue(head(r), found(r, name)),
        name,
        session);
  }

  private static Optional<EntryRow> found(Row r, String name) {
    return r.findLong("e_version")
        .map(
            version ->
                new EntryRow(
                    r.longValue("id"),
                    name,
                    Seq.VALUE,
                    version,
                    r.instant("e_at"),
                    r.findInstant("e_expires_at"),
                    r.findLong("e_slide").map(Moments::duration),
                    r.bytes("e_record")));
  }

  @Override
  public Optional<SessionRow> sessionOf(long id) {
    return sql.first(HEAD + "WHERE id = ?", SqlRows::head, id);
  }

  @Override
  public List<SessionRow> sessions(String after, int limit) {
    return sql.query(HEAD + "WHERE name > ? ORDER BY name LIMIT ?", SqlRows::head, after, limit);
  }

  @Override
  public List<SessionRow> expiredSessions(Instant now, int limit) {
    return sql.query(
        HEAD + "WHERE expires_at <= ? ORDER BY expires_at LIMIT ?", SqlRows::head, now, limit);
  }

  @Override
  public void put(SessionRow row) {
    sql.execute(PUT_HEAD, parameters(row));
  }

  void putAllHeads(Collection<SessionRow> heads) {
    sql.executeAll(PUT_HEAD, heads.stream().map(SqlRows::parameters).toList());
  }

  private static @Nullable Object[] parameters(SessionRow row) {
    return new @Nullable Object[] {
      row.id(),
      row.name(),
      row.createdAt(),
      row.touchedAt(),
      row.version(),
      row.lock().fence(),
      row.lock().holder(),
      row.lock().until().orElse(null),
      row.expiresAt().orElse(null),
      row.slide().map(Moments::number).orElse(null),
      row.history().from(),
      row.history().fromAt(),
      row.history().snapshot(),
      row.contents().entries(),
      row.contents().sum(),
      row.seal()
    };
  }

  @Override
  public void delete(long session) {
    sql.execute("DELETE FROM session_entry WHERE session = ?", session);
    sql.execute("DELETE FROM session_past WHERE session = ?", session);
    sql.execute("DELETE FROM session_head WHERE id = ?", session);
  }

  @Override
  public Optional<EntryRow> entry(long session, String name, long seq) {
    return sql.first(
        ENTRY + "WHERE session = ? AND name = ? AND seq = ?", SqlRows::entry, session, name, seq);
  }

  @Override
  public List<EntryRow> entries(
      long session, String name, long fromSeq, long toSeq, int limit, boolean newestFirst) {
    return sql.query(
        ENTRY
            + "WHERE session = ? AND name = ? AND seq >= ? AND seq <= ? ORDER BY seq "
            + (newestFirst ? "DESC" : "ASC")
            + " LIMIT ?",
        SqlRows::entry,
        session,
        name,
        fromSeq,
        toSeq,
        limit);
  }

  @Override
  public long last(long session, String name) {
    return sql.first(
            "SELECT seq FROM session_entry WHERE session = ? AND name = ? AND seq >= 1"
                + " ORDER BY seq DESC LIMIT 1",
            r -> r.longValue("seq"),
            session,
            name)
        .orElse(0L);
  }

  @Override
  public List<String> names(long session, long fromSeq, long toSeq, Instant unexpiredAt) {
    return sql.query(
        "SELECT DISTINCT name FROM session_entry WHERE session = ? AND seq >= ? AND seq <= ?"
            + " AND (expires_at IS NULL OR expires_at > ?) ORDER BY name",
        r -> r.string("name"),
        session,
        fromSeq,
        toSeq,
        unexpiredAt);
  }

  @Override
  public long count(long session, String name, Instant unexpiredAt) {
    return sql.first(
            "SELECT COUNT(*) AS n FROM session_entry WHERE session = ? AND name = ? AND seq >= 1"
                + " AND (expires_at IS NULL OR expires_at > ?)",
            r -> r.longValue("n"),
            session,
            name,
            unexpiredAt)
        .orElse(0L);
  }

  @Override
  public List<EntryRow> scan(long session, String afterName, long afterSeq, int limit) {
    return sql.query(
        ENTRY + "WHERE session = ? AND (name, seq) > (?, ?) ORDER BY name, seq LIMIT ?",
        SqlRows::entry,
        session,
        afterName,
        afterSeq,
        limit);
  }

  @Override
  public List<EntryRow> expiredEntries(Instant now, int limit) {
    return sql.query(
        ENTRY + "WHERE expires_at <= ? ORDER BY expires_at, session, name, seq LIMIT ?",
        SqlRows::entry,
        now,
        limit);
  }

  @Override
  public void put(EntryRow row) {
    sql.execute(PUT_ENTRY, parameters(row));
  }

  void putAll(Collection<EntryRow> entries) {
    sql.executeAll(PUT_ENTRY, entries.stream().map(SqlRows::parameters).toList());
  }

  private static @Nullable Object[] parameters(EntryRow row) {
    return new @Nullable Object[] {
      row.session(),
      row.name(),
      row.seq(),
      row.version(),
      row.at(),
      row.expiresAt().orElse(null),
      row.slide().map(Moments::number).orElse(null),
      row.record()
    };
  }

  @Override
  public boolean remove(long session, String name, long seq) {
    return sql.execute(
            "DELETE FROM session_entry WHERE session = ? AND name = ? AND seq = ?",
            session,
            name,
            seq)
        > 0;
  }

  @Override
  public void keep(PastRow past) {
    EntryRow row = past.entry();
    sql.execute(
        "INSERT INTO session_past (session, name, seq, version, at, expires_at, slide, record,"
            + " until, until_at, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.session(),
        row.name(),
        row.seq(),
        row.version(),
        row.at(),
        row.expiresAt().orElse(null),
        row.slide().map(Moments::number).orElse(null),
        row.record(),
        past.until(),
        past.untilAt(),
        past.seal());
  }

  @Override
  public List<PastRow> past(long session, String name, long version) {
    return sql.query(
        PAST
            + "WHERE session = ? AND name = ? AND version <= ? AND until > ? ORDER BY seq, version",
        SqlRows::past,
        session,
        name,
        version,
        version);
  }

  @Override
  public List<PastRow> scanPast(
      long session, String afterName, long afterSeq, long afterVersion, int limit) {
    return sql.query(
        PAST
            + "WHERE session = ? AND (name, seq, version) > (?, ?, ?)"
            + " ORDER BY name, seq, version LIMIT ?",
        SqlRows::past,
        session,
        afterName,
        afterSeq,
        afterVersion,
        limit);
  }

  @Override
  public void forget(PastRow past) {
    EntryRow row = past.entry();
    sql.execute(
        "DELETE FROM session_past WHERE session = ? AND name = ? AND seq = ? AND version = ?",
        row.session(),
        row.name(),
        row.seq(),
        row.version());
  }

  @Override
  public long versionAt(long session, Instant at) {
    return sql.first(
            "SELECT MAX(v) AS v FROM ("
                + "SELECT MAX(version) AS v FROM session_entry WHERE session = ? AND at <= ?"
                + " UNION ALL"
                + " SELECT MAX(version) AS v FROM session_past WHERE session = ? AND at <= ?"
                + " UNION ALL"
                + " SELECT MAX(until) AS v FROM session_past WHERE session = ? AND until_at <= ?"
                + ") AS all_of_them",
            r -> r.findLong("v").orElse(0L),
            session,
            at,
            session,
            at,
            session,
            at)
        .orElse(0L);
  }

  @Override
  public Optional<byte[]> shared(String name) {
    return sql.first(
        "SELECT value FROM session_shared WHERE name = ?", r -> r.bytes("value"), name);
  }

  @Override
  public List<String> sharedNames() {
    return sql.query("SELECT name FROM session_shared ORDER BY name", r -> r.string("name"));
  }

  @Override
  public void putShared(String name, byte[] value) {
    sql.execute(
        "INSERT INTO session_shared (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value);
  }

  @Override
  public void setAside(EntryRow row, String why) {
    sql.execute(
        "INSERT INTO session_aside (session, name, seq, version, at, expires_at, record, why)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.session(),
        row.name(),
        row.seq(),
        row.version(),
        row.at(),
        row.expiresAt().orElse(null),
        row.record(),
        why);
  }

  private static SessionRow head(Row r) {
    return new SessionRow(
        r.longValue("id"),
        r.string("name"),
        r.instant("created_at"),
        r.instant("touched_at"),
        r.longValue("version"),
        new SessionRow.Lock(
            r.longValue("fence"), r.string("holder"), r.findInstant("locked_until")),
        r.findInstant("expires_at"),
        r.findLong("slide").map(Moments::duration),
        new SessionRow.History(
            r.longValue("history_from"), r.instant("history_from_at"), r.longValue("snapshot")),
        new SessionRow.Contents(r.longValue("entries"), r.longValue("sum")),
        r.longValue("seal"));
  }

  private static EntryRow entry(Row r) {
    return new EntryRow(
        r.longValue("session"),
        r.string("name"),
        r.longValue("seq"),
        r.longValue("version"),
        r.instant("at"),
        r.findInstant("expires_at"),
        r.findLong("slide").map(Moments::duration),
        r.bytes("record"));
  }

  private static PastRow past(Row r) {
    return new PastRow(entry(r), r.longValue("until"), r.instant("until_at"), r.longValue("seal"));
  }
}
