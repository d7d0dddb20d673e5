package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows that can only be read. */
final class UnchangedRows implements SessionRows {
  private final SessionRows rows;

  UnchangedRows(SessionRows rows) {
    this.rows = rows;
  }

  @Override
  public Optional<SessionRow> session(String name) {
    return rows.session(name);
  }

  @Override
  public Optional<SessionRow> sessionOf(long id) {
    return rows.sessionOf(id);
  }

  @Override
  public List<SessionRow> sessions(String after, int limit) {
    return rows.sessions(after, limit);
  }

  @Override
  public List<SessionRow> expiredSessions(Instant now, int limit) {
    return rows.expiredSessions(now, limit);
  }

  @Override
  public void put(SessionRow session) {
    throw refused();
  }

  @Override
  public void delete(long session) {
    throw refused();
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
    throw refused();
  }

  @Override
  public boolean remove(long session, String name, long seq) {
    throw refused();
  }

  @Override
  public void keep(PastRow past) {
    throw refused();
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
    throw refused();
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
    throw refused();
  }

  @Override
  public void setAside(EntryRow damaged, String why) {
    throw refused();
  }

  private static SessionException refused() {
    return new SessionException(
        "A transaction that only reads can't change anything. Use write().", null);
  }
}
