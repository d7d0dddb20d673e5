package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows that note of which sessions the heads and entries are changed. */
final class NotedRows implements SessionRows {
  private final SessionRows rows;
  private final Map<Long, String> seen = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  NotedRows(SessionRows rows) {
    this.rows = rows;
  }

  /** The names of the sessions that were changed so far. */
  Set<String> changed() {
    return changed;
  }

  @Override
  public Optional<SessionRow> session(String name) {
    return rows.session(name).map(this::see);
  }

  @Override
  public Optional<SessionRow> sessionOf(long id) {
    return rows.sessionOf(id).map(this::see);
  }

  @Override
  public List<SessionRow> sessions(String after, int limit) {
    return rows.sessions(after, limit).stream().map(this::see).toList();
  }

  @Override
  public List<SessionRow> expiredSessions(Instant now, int limit) {
    return rows.expiredSessions(now, limit).stream().map(this::see).toList();
  }

  @Override
  public void put(SessionRow session) {
    changed.add(see(session).name());
    rows.put(session);
  }

  @Override
  public void delete(long session) {
    note(session);
    rows.delete(session);
  }

  @Override
  public Optional<EntryRow> entry(long session, String name, long seq) {
    return rows.entry(session, name, seq);
  }

  @Override
  public List<EntryRow> entries(
      long session, String name, long fromSeq, long toSeq, int limit, boolean newestFirst) {
    return rows.entries(session, name, fromSeq, toSeq, limit, newestFirst);
  }

  @Override
  public long last(long session, String name) {
    return rows.last(session, name);
  }

  @Override
  public List<String> names(long session, long fromSeq, long toSeq, Instant unexpiredAt) {
    return rows.names(session, fromSeq, toSeq, unexpiredAt);
  }

  @Override
  public long count(long session, String name, Instant unexpiredAt) {
    return rows.count(session, name, unexpiredAt);
  }

  @Override
  public List<EntryRow> scan(long session, String afterName, long afterSeq, int limit) {
    return rows.scan(session, afterName, afterSeq, limit);
  }

  @Override
  public List<EntryRow> expiredEntries(Instant now, int limit) {
    return rows.expiredEntries(now, limit);
  }

  @Override
  public void put(EntryRow entry) {
    note(entry.session());
    rows.put(entry);
  }

  @Override
  public boolean remove(long session, String name, long seq) {
    note(session);
    return rows.remove(session, name, seq);
  }

  @Override
  public void keep(PastRow past) {
    rows.keep(past);
  }

  @Override
  public List<PastRow> past(long session, String name, long version) {
    return rows.past(session, name, version);
  }

  @Override
  public List<PastRow> scanPast(
      long session, String afterName, long afterSeq, long afterVersion, int limit) {
    return rows.scanPast(session, afterName, afterSeq, afterVersion, limit);
  }

  @Override
  public void forget(PastRow past) {
    rows.forget(past);
  }

  @Override
  public long versionAt(long session, Instant at) {
    return rows.versionAt(session, at);
  }

  @Override
  public Optional<byte[]> shared(String name) {
    return rows.shared(name);
  }

  @Override
  public List<String> sharedNames() {
    return rows.sharedNames();
  }

  @Override
  public void putShared(String name, byte[] value) {
    rows.putShared(name, value);
  }

  @Override
  public void setAside(EntryRow damaged, String why) {
    rows.setAside(damaged, why);
  }

  private SessionRow see(SessionRow head) {
    seen.put(head.id(), head.name());
    return head;
  }

  private void note(long session) {
    if (!seen.containsKey(session)) {
      rows.sessionOf(session).ifPresent(this::see);
    }
    Optional.ofNullable(seen.get(session)).ifPresent(changed::add);
  }
}
