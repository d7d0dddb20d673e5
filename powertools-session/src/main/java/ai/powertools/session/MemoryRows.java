package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in sorted maps, with a list of what to undo. */
final class MemoryRows implements SessionRows {
  private final NavigableMap<String, SessionRow> heads = new TreeMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final NavigableMap<Place, EntryRow> entries = new TreeMap<>();
  private final NavigableMap<Place, PastRow> past = new TreeMap<>();
  private final NavigableMap<String, byte[]> shared = new TreeMap<>();
  private final List<EntryRow> aside = new ArrayList<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** Where a row stands; the version tells those of the past apart. */
  private record Place(long session, String name, long seq, long version)
      implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int result = Long.compare(session, other.session);
      result = result != 0 ? result : name.compareTo(other.name);
      result = result != 0 ? result : Long.compare(seq, other.seq);
      return result != 0 ? result : Long.compare(version, other.version);
    }

    static Place of(EntryRow row) {
      return new Place(row.session(), row.name(), row.seq(), 0);
    }

    static Place of(PastRow row) {
      EntryRow entry = row.entry();
      return new Place(entry.session(), entry.name(), entry.seq(), entry.version());
    }
  }

  /** Ends a transaction: keeps what it did, or takes it back. */
  void end(boolean kept) {
    while (!kept && !undo.isEmpty()) {
      undo.pop().run();
    }
    undo.clear();
  }

  /** The same rows for many readers, who change nothing. */
  SessionRows readOnly() {
    return new UnchangedRows(this);
  }

  @Override
  public Optional<SessionRow> session(String name) {
    return Optional.ofNullable(heads.get(name));
  }

  @Override
  public Optional<SessionRow> sessionOf(long id) {
    return Optional.ofNullable(names.get(id)).map(heads::get);
  }

  @Override
  public List<SessionRow> sessions(String after, int limit) {
    return heads.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public List<SessionRow> expiredSessions(Instant now, int limit) {
    return heads.values().stream()
        .filter(head -> Moments.isOver(head.expiresAt(), now))
        .sorted(Comparator.comparing(head -> head.expiresAt().orElseThrow()))
        .limit(limit)
        .toList();
  }

  @Override
  public void put(SessionRow row) {
    SessionRow there = heads.get(row.name());
    if (there != null && there.id() != row.id()) {
      throw new SessionException("There is a session \"" + row.name() + "\" already.", null);
    }
    change(heads, row.name(), row);
    change(names, row.id(), row.name());
  }

  @Override
  public void delete(long session) {
    List.copyOf(of(entries, session).keySet()).forEach(place -> change(entries, place, null));
    List.copyOf(of(past, session).keySet()).forEach(place -> change(past, place, null));
    Optional.ofNullable(names.get(session)).ifPresent(name -> change(heads, name, null));
    change(names, session, null);
  }

  @Override
  public Optional<EntryRow> entry(long session, String name, long seq) {
    return Optional.ofNullable(entries.get(new Place(session, name, seq, 0)));
  }

  @Override
  public List<EntryRow> entries(
      long session, String name, long fromSeq, long toSeq, int limit, boolean newestFirst) {
    if (fromSeq > toSeq) {
      return List.of();
    }
    NavigableMap<Place, EntryRow> range =
        entries.subMap(
            new Place(session, name, fromSeq, 0), true, new Place(session, name, toSeq, 0), true);
    return (newestFirst ? range.descendingMap() : range).values().stream().limit(limit).toList();
  }

  @Override
  public long last(long session, String name) {
    Map.Entry<Place, EntryRow> last =
        entries.floorEntry(new Place(session, name, Long.MAX_VALUE, 0));
    return last != null
            && last.getKey().session() == session
            && last.getKey().name().equals(name)
            && last.getKey().seq() >= Seq.FIRST
        ? last.getKey().seq()
        : 0;
  }

  @Override
  public List<String> names(long session, long fromSeq, long toSeq, Instant unexpiredAt) {
    return of(entries, session).values().stream()
        .filter(row -> row.seq() >= fromSeq && row.seq() <= toSeq)
        .filter(row -> !Moments.isOver(row.expiresAt(), unexpiredAt))
        .map(EntryRow::name)
        .distinct()
        .toList();
  }

  @Override
  public long count(long session, String name, Instant unexpiredAt) {
    return log(session, name).filter(row -> !Moments.isOver(row.expiresAt(), unexpiredAt)).count();
  }

  @Override
  public List<EntryRow> scan(long session, String afterName, long afterSeq, int limit) {
    return of(entries, session)
        .tailMap(new Place(session, afterName, afterSeq, Long.MAX_VALUE), false)
        .values()
        .stream()
        .limit(limit)
        .toList();
  }

  @Override
  public List<EntryRow> expiredEntries(Instant now, int limit) {
    return entries.values().stream()
        .filter(row -> Moments.isOver(row.expiresAt(), now))
        .sorted(Comparator.comparing(row -> row.expiresAt().orElseThrow()))
        .limit(limit)
        .toList();
  }

  @Override
  public void put(EntryRow row) {
    change(entries, Place.of(row), row);
  }

  @Override
  public boolean remove(long session, String name, long seq) {
    Place place = new Place(session, name, seq, 0);
    boolean there = entries.containsKey(place);
    change(entries, place, null);
    return there;
  }

  @Override
  public void keep(PastRow row) {
    change(past, Place.of(row), row);
  }

  @Override
  public List<PastRow> past(long session, String name, long version) {
    return past
        .subMap(
            new Place(session, name, Long.MIN_VALUE, 0),
            true,
            new Place(session, name, Long.MAX_VALUE, Long.MAX_VALUE),
            true)
        .values()
        .stream()
        .filter(row -> row.stoodAt(version))
        .toList();
  }

  @Override
  public List<PastRow> scanPast(
      long session, String afterName, long afterSeq, long afterVersion, int limit) {
    return of(past, session)
        .tailMap(new Place(session, afterName, afterSeq, afterVersion), false)
        .values()
        .stream()
        .limit(limit)
        .toList();
  }

  @Override
  public void forget(PastRow row) {
    change(past, Place.of(row), null);
  }

  @Override
  public long versionAt(long session, Instant at) {
    long version =
        of(entries, session).values().stream()
            .filter(row -> !row.at().isAfter(at))
            .mapToLong(EntryRow::version)
            .max()
            .orElse(0);
    for (PastRow row : of(past, session).values()) {
      if (!row.untilAt().isAfter(at)) {
        version = Math.max(version, row.until());
      } else if (!row.entry().at().isAfter(at)) {
        version = Math.max(version, row.entry().version());
      }
    }
    return version;
  }

  @Override
  public Optional<byte[]> shared(String name) {
    return Optional.ofNullable(shared.get(name));
  }

  @Override
  public List<String> sharedNames() {
    return List.copyOf(shared.keySet());
  }

  @Override
  public void putShared(String name, byte[] value) {
    change(shared, name, value);
  }

  @Override
  public void setAside(EntryRow row, String why) {
    aside.add(row);
    undo.push(() -> aside.remove(aside.size() - 1));
  }

  private Stream<EntryRow> log(long session, String name) {
    return entries
        .subMap(
            new Place(session, name, Seq.FIRST, 0),
            true,
            new Place(session, name, Long.MAX_VALUE, 0),
            true)
        .values()
        .stream();
  }

  private static <V> NavigableMap<Place, V> of(NavigableMap<Place, V> rows, long session) {
    return rows.subMap(
        new Place(session, "", Long.MIN_VALUE, Long.MIN_VALUE),
        true,
        new Place(session + 1, "", Long.MIN_VALUE, Long.MIN_VALUE),
        false);
  }

  private <K, V> void change(Map<K, V> map, K key, @Nullable V value) {
    V before = value == null ? map.remove(key) : map.put(key, value);
    undo.push(
        () -> {
          if (before == null) {
            map.remove(key);
          } else {
            map.put(key, before);
          }
        });
  }
}
