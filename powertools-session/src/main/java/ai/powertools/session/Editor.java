package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transaction as its user sees it: reads by {@link Lookup}, changes by {@link Change}. */
final class Editor implements SessionTransaction {
  private static final int PAGE = 512;

  private final Settings settings;
  private final Change change;
  private final Lookup lookup;
  private final Values values;

  Editor(Settings settings, Change change) {
    this.settings = settings;
    this.change = change;
    this.lookup = new Lookup(change.rows(), change.head(), change.now());
    this.values = new Values(settings.format(), change.head().name());
  }

  @Override
  public String name() {
    return change.head().name();
  }

  @Override
  public long version() {
    return change.told().map(SessionChange::version).orElse(change.head().version());
  }

  @Override
  public <T> Optional<Versioned<T>> versioned(String key, TypeOf<T> type) {
    return lookup().value(key).map(row -> values.versioned(row, type));
  }

  @Override
  public List<String> keys() {
    return lookup().keys();
  }

  @Override
  public List<String> logs() {
    return lookup().logs();
  }

  @Override
  public <T> List<LogEntry<T>> last(String log, int count, TypeOf<T> type) {
    return values.entries(lookup().last(log, Counts.check(count)), type);
  }

  @Override
  public <T> List<LogEntry<T>> page(String log, long from, int count, TypeOf<T> type) {
    return values.entries(lookup().page(log, from, Counts.check(count)), type);
  }

  @Override
  public long size(String log) {
    return lookup().size(log);
  }

  @Override
  public void set(String key, Object value, Ttl ttl) {
    set(key, settings.format().prepare(value, Names.where(name(), key)), ttl);
  }

  void set(String key, Prepared value, Ttl ttl) {
    change.put(Names.check("A value", key), Seq.VALUE, value, ttl);
  }

  @Override
  public void replace(String key, Object value, long version) {
    replace(key, settings.format().prepare(value, Names.where(name(), key)), version);
  }

  void replace(String key, Prepared value, long version) {
    Names.check("A value", key);
    Optional<EntryRow> now = lookup().value(key);
    long found = now.map(EntryRow::version).orElse(0L);
    if (found != version) {
      throw StaleSessionException.byVersion(
          name(),
          "%s is of version %d now, not of %d: somebody else wrote it meanwhile. Nothing was written. Read it again, and decide anew, or use update()."
              .formatted(Names.where(name(), key), found, version));
    }
    // What slides is used by this, too; what has a fixed end keeps it.
    Optional<Duration> slide = now.flatMap(EntryRow::slide);
    Optional<Instant> expiresAt =
        slide.isPresent()
            ? Ttl.sliding(slide.get()).expiry(change.now())
            : now.flatMap(EntryRow::expiresAt);
    change.put(key, Seq.VALUE, value, expiresAt, slide);
  }

  @Override
  public boolean remove(String key) {
    Optional<EntryRow> row = lookup().value(key);
    row.ifPresent(change::remove);
    return row.isPresent();
  }

  @Override
  public boolean expire(String key, Ttl ttl) {
    Optional<EntryRow> row = lookup().value(key);
    row.ifPresent(found -> change.expire(found, ttl.expiry(change.now()), ttl.slide()));
    return row.isPresent();
  }

  @Override
  public void expire(Ttl ttl) {
    change.expire(ttl.expiry(change.now()), ttl.slide());
  }

  @Override
  public long appendAll(String log, List<?> entries, Ttl ttl) {
    return append(log, prepared(settings, name(), log, entries), ttl);
  }

  static List<Prepared> prepared(Settings settings, String session, String log, List<?> entries) {
    Names.check("A log", log);
    String where = Names.where(session, log);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("Nothing to append to " + where);
    }
    List<Prepared> prepared = new ArrayList<>(entries.size());
    entries.forEach(entry -> prepared.add(settings.format().prepare(entry, where)));
    return prepared;
  }

  long append(String log, List<Prepared> entries, Ttl ttl) {
    if (ttl.sliding()) {
      throw new IllegalArgumentException("Entries of a log are not read one by one: Ttl.of(…).");
    }
    long seq = end(log);
    for (Prepared entry : entries) {
      seq++;
      change.add(log, seq, entry, ttl.expiry(change.now()), Optional.empty());
    }
    return seq;
  }

  @Override
  public long trim(String log, int keep) {
    Counts.check(keep);
    List<EntryRow> kept = lookup().last(log, keep);
    if (kept.size() < keep) {
      return 0;
    }
    return removeBelow(log, keep == 0 ? Long.MAX_VALUE : kept.get(0).seq());
  }

  @Override
  public long trim(String log, Duration olderThan) {
    if (!Moments.isBearable(olderThan)) {
      return 0; // nothing is older than that
    }
    Instant limit = change.now().minus(olderThan);
    long seq = Seq.FIRST;
    while (true) {
      List<EntryRow> page = lookup().page(log, seq, PAGE);
      for (EntryRow row : page) {
        if (!row.at().isBefore(limit)) {
          return removeBelow(log, row.seq());
        }
        seq = row.seq() + 1;
      }
      if (page.size() < PAGE) {
        return removeBelow(log, Long.MAX_VALUE);
      }
    }
  }

  @Override
  public <T> long trim(String log, long tokens, Class<T> type, TokenCounter<T> counter) {
    long left = tokens;
    long first = Long.MAX_VALUE;
    List<EntryRow> all = lookup().last(log, Integer.MAX_VALUE);
    for (int i = all.size() - 1; i >= 0; i--) {
      left -= counter.count(values.value(all.get(i), TypeOf.of(type)));
      if (left < 0 && i < all.size() - 1) {
        break;
      }
      first = all.get(i).seq();
    }
    return removeBelow(log, first);
  }

  /**
   * Puts one entry in the place of the first ones.
   *
   * @param old the first ones, as they were read
   */
  void summarize(String log, List<EntryRow> old, Prepared summary) {
    List<EntryRow> now = lookup().page(log, Seq.FIRST, old.size());
    boolean same = now.size() == old.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = Values.id(now.get(i)).equals(Values.id(old.get(i)));
    }
    if (!same) {
      throw StaleSessionException.byVersion(
          name(),
          "The first entries of %s were trimmed or summed up meanwhile. Nothing was written. Read the log again, and decide anew."
              .formatted(Names.where(name(), log)));
    }
    long last = old.get(old.size() - 1).seq();
    removeBelow(log, last);
    change.put(log, last, summary, Ttl.NEVER);
  }

  Snapshot snapshot(String label) {
    change.put(
        Names.check("A snapshot", label),
        Seq.SNAPSHOT,
        settings.format().prepare(change.version(), Names.where(name(), label)),
        Ttl.NEVER);
    change.holdAll();
    return new Snapshot(label, change.version(), change.at());
  }

  boolean dropSnapshot(String label) {
    Optional<EntryRow> row = change.rows().entry(change.head().id(), label, Seq.SNAPSHOT);
    row.ifPresent(change::remove);
    if (row.isPresent()) {
      change.holdUpTo(
          History.of(change.rows(), change.head(), change.now()).snapshots().stream()
              .mapToLong(Snapshot::version)
              .max()
              .orElse(0));
    }
    return row.isPresent();
  }

  private Lookup lookup() {
    change.rows(); // refuses when it is over
    return lookup;
  }

  /** From now on it refuses to be used. */
  void end() {
    change.end();
  }

  /** Also those that have expired. */
  private long removeBelow(String log, long seq) {
    long removed = 0;
    long session = change.head().id();
    long end = seq == Long.MAX_VALUE ? end(log) : 0;
    while (true) {
      List<EntryRow> page = change.rows().entries(session, log, Seq.FIRST, seq - 1, PAGE, false);
      page.forEach(change::remove);
      removed += page.size();
      if (page.size() < PAGE) {
        break;
      }
    }
    if (removed > 0 && end > 0) {
      setEnd(log, end);
    }
    return removed;
  }

  /** Remembers the number of the last entry of a log that is empty from now on. */
  void setEnd(String log, long end) {
    change.put(log, Seq.END, settings.format().prepare(end, Names.where(name(), log)), Ttl.NEVER);
  }

  /** The number of the last entry that a log ever had. */
  long end(String log) {
    long session = change.head().id();
    // Both count: what expired was swept from the end, with others before it still there.
    return Math.max(
        change.rows().last(session, log),
        change
            .rows()
            .entry(session, log, Seq.END)
            .map(row -> values.value(row, TypeOf.of(Long.class)))
            .orElse(0L));
  }
}
