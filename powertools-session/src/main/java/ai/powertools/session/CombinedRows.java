package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import ai.powertools.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a transaction that several share, one after the other: single rows, kept in memory
 * until {@link #flush()}. Whoever asks for more than that is told no, and has to come again alone.
 */
final class CombinedRows implements SessionRows {
  private final SqlRows rows;
  private final RowCache cache;
  private final Layer all = new Layer();
  private Layer one = new Layer();
  private boolean wantsMore;

  CombinedRows(Sql sql, RowCache cache) {
    this.rows = new SqlRows(sql);
    this.cache = cache;
    cache.begin(sql.othersMark());
  }

  /** What was written and not yet sent. */
  private static final class Layer {
    private final Map<String, SessionRow> heads = new LinkedHashMap<>();
    private final Map<RowCache.Place, EntryRow> entries = new LinkedHashMap<>();
    private final List<PastRow> past = new ArrayList<>();
    private final Map<RowCache.LogName, Long> last = new LinkedHashMap<>();

    void add(Layer other) {
      heads.putAll(other.heads);
      entries.putAll(other.entries);
      past.addAll(other.past);
      other.last.forEach((log, seq) -> last.merge(log, seq, Math::max));
    }
  }

  /** Only the database can answer; not to be caught by those who catch exceptions. */
  private static final class WantsMoreError extends Error {
    private static final long serialVersionUID = 1L;

    private WantsMoreError() {
      super("to be run alone", null, false, false);
    }
  }

  /** Before each of those who share. */
  void begin() {
    one = new Layer();
    wantsMore = false;
  }

  /**
   * After each of them.
   *
   * @param kept whether what it wrote is wanted
   * @return whether it has to come again, alone; nothing is kept of it then
   */
  boolean end(boolean kept) {
    if (kept && !wantsMore) {
      all.add(one);
    }
    return wantsMore;
  }

  /** Sends what was written. */
  void flush() {
    rows.putAll(all.entries.values());
    all.past.forEach(rows::keep);
    rows.putAllHeads(all.heads.values());
    all.heads.forEach((name, head) -> cache.putHead(name, Optional.of(head)));
    all.entries.forEach((place, row) -> cache.putEntry(place, Optional.of(row)));
    all.last.forEach(cache::raiseLast);
  }

  @Override
  public Optional<SessionRow> session(String name) {
    SessionRow written = one.heads.getOrDefault(name, all.heads.get(name));
    if (written != null) {
      return Optional.of(written);
    }
    RowCache.Head known = cache.head(name);
    if (known != null) {
      return known.row();
    }
    Optional<SessionRow> found = rows.session(name);
    cache.putHead(name, found);
    return found;
  }

  @Override
  public Optional<EntryRow> entry(long session, String name, long seq) {
    RowCache.Place place = new RowCache.Place(session, name, seq);
    EntryRow written = one.entries.getOrDefault(place, all.entries.get(place));
    if (written != null) {
      return Optional.of(written);
    }
    RowCache.Entry known = cache.entry(place);
    if (known != null) {
      return known.row();
    }
    Optional<EntryRow> found = rows.entry(session, name, seq);
    cache.putEntry(place, found);
    return found;
  }

  @Override
  public long last(long session, String name) {
    RowCache.LogName log = new RowCache.LogName(session, name);
    // An entry may be put in front of others, so what was written alone does not say it.
    long written = Math.max(one.last.getOrDefault(log, 0L), all.last.getOrDefault(log, 0L));
    Long known = cache.last(log);
    if (known == null) {
      known = rows.last(session, name);
      cache.putLast(log, known);
    }
    return Math.max(known, written);
  }

  @Override
  public void put(SessionRow session) {
    one.heads.put(session.name(), session);
  }

  @Override
  public void put(EntryRow entry) {
    one.entries.put(new RowCache.Place(entry.session(), entry.name(), entry.seq()), entry);
    if (entry.seq() >= Seq.FIRST) {
      one.last.merge(new RowCache.LogName(entry.session(), entry.name()), entry.seq(), Math::max);
    }
  }

  @Override
  public void keep(PastRow past) {
    one.past.add(past);
  }

  @Override
  public Optional<SessionRow> sessionOf(long id) {
    return Stream.concat(one.heads.values().stream(), all.heads.values().stream())
        .filter(head -> head.id() == id)
        .findFirst()
        .or(() -> rows.sessionOf(id));
  }

  @Override
  public List<SessionRow> sessions(String after, int limit) {
    throw more();
  }

  @Override
  public List<SessionRow> expiredSessions(Instant now, int limit) {
    throw more();
  }

  @Override
  public void delete(long session) {
    throw more();
  }

  @Override
  public List<EntryRow> entries(
      long session, String name, long fromSeq, long toSeq, int limit, boolean newestFirst) {
    throw more();
  }

  @Override
  public List<String> names(long session, long fromSeq, long toSeq, Instant unexpiredAt) {
    throw more();
  }

  @Override
  public long count(long session, String name, Instant unexpiredAt) {
    throw more();
  }

  @Override
  public List<EntryRow> scan(long session, String afterName, long afterSeq, int limit) {
    throw more();
  }

  @Override
  public List<EntryRow> expiredEntries(Instant now, int limit) {
    throw more();
  }

  @Override
  public boolean remove(long session, String name, long seq) {
    throw more();
  }

  @Override
  public List<PastRow> past(long session, String name, long version) {
    throw more();
  }

  @Override
  public List<PastRow> scanPast(
      long session, String afterName, long afterSeq, long afterVersion, int limit) {
    throw more();
  }

  @Override
  public void forget(PastRow past) {
    throw more();
  }

  @Override
  public long versionAt(long session, Instant at) {
    throw more();
  }

  @Override
  public Optional<byte[]> shared(String name) {
    throw more();
  }

  @Override
  public List<String> sharedNames() {
    throw more();
  }

  @Override
  public void putShared(String name, byte[] value) {
    throw more();
  }

  @Override
  public void setAside(EntryRow damaged, String why) {
    throw more();
  }

  private WantsMoreError more() {
    wantsMore = true;
    return new WantsMoreError();
  }
}
