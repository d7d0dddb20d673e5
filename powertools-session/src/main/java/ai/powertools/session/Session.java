package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Named values and append-only logs that are still there after anything: a call that writes returns
 * when the write is durable. Got from {@link Sessions#open}.
 *
 * <p>Safe for use by many threads and processes. Values are records, beans, collections, strings,
 * numbers or {@code JsonNode}, or what another {@link Codec} takes.
 */
public final class Session implements SessionView, SessionEdit {
  private final String name;
  private final long id;
  private final Settings settings;
  private final Writes writes;
  private final Reads reads;
  private final Values values;

  Session(Settings settings, String name, long id, long token) {
    this.settings = settings;
    this.name = name;
    this.id = id;
    this.writes = new Writes(settings, name, id, token);
    this.reads = new Reads(settings, name, id, writes);
    this.values = new Values(settings.format(), name);
  }

  @Override
  public String name() {
    return name;
  }

  long id() {
    return id;
  }

  @Override
  public long version() {
    return reads.head().version();
  }

  @Override
  public <T> Optional<Versioned<T>> versioned(String key, TypeOf<T> type) {
    long start = settings.time().nanos();
    Optional<EntryRow> row = reads.value(key);
    Optional<Versioned<T>> value = row.map(found -> values.versioned(found, type));
    settings.meter().read(name, settings.time().since(start), value.isPresent());
    return value;
  }

  @Override
  public List<String> keys() {
    return reads.now(Lookup::keys);
  }

  @Override
  public List<String> logs() {
    return reads.now(Lookup::logs);
  }

  @Override
  public <T> List<LogEntry<T>> last(String log, int count, TypeOf<T> type) {
    Counts.check(count);
    return values.entries(reads.now(lookup -> lookup.last(log, count)), type);
  }

  @Override
  public <T> List<LogEntry<T>> page(String log, long from, int count, TypeOf<T> type) {
    Counts.check(count);
    return values.entries(reads.now(lookup -> lookup.page(log, from, count)), type);
  }

  @Override
  public long size(String log) {
    return reads.now(lookup -> lookup.size(log));
  }

  @Override
  public void set(String key, Object value, Ttl ttl) {
    Names.check("A value", key);
    Prepared prepared = settings.format().prepare(value, Names.where(name, key));
    edit(editor -> editor.set(key, prepared, ttl));
  }

  @Override
  public void replace(String key, Object value, long version) {
    Names.check("A value", key);
    Prepared prepared = settings.format().prepare(value, Names.where(name, key));
    edit(editor -> editor.replace(key, prepared, version));
  }

  @Override
  public boolean remove(String key) {
    return write(editor -> editor.remove(key));
  }

  @Override
  public boolean expire(String key, Ttl ttl) {
    return write(editor -> editor.expire(key, ttl));
  }

  @Override
  public void expire(Ttl ttl) {
    edit(editor -> editor.expire(ttl));
  }

  @Override
  public long appendAll(String log, List<?> entries, Ttl ttl) {
    List<Prepared> prepared = Editor.prepared(settings, name, log, entries);
    return write(editor -> editor.append(log, prepared, ttl));
  }

  @Override
  public long trim(String log, int keep) {
    Counts.check(keep);
    return write(editor -> editor.trim(log, keep));
  }

  @Override
  public long trim(String log, Duration olderThan) {
    return write(editor -> editor.trim(log, olderThan));
  }

  @Override
  public <T> long trim(String log, long tokens, Class<T> type, TokenCounter<T> counter) {
    return write(editor -> editor.trim(log, tokens, type, counter));
  }

  /**
   * Reads and writes several things together: all is kept, or nothing if it throws, and nobody
   * else's write comes in between.
   *
   * @param work may be run more than once before it is kept, so it must have no effects of its own.
   *     It runs where all others of the store wait behind it: let it compute, not call a model or
   *     the session itself.
   */
  public <T> T transaction(Function<SessionTransaction, T> work) {
    return write(work::apply);
  }

  /**
   * Replaces a value by a function of it. If somebody else wrote it meanwhile, it is read again and
   * the function is called again, until nobody did.
   *
   * @param change from the value now, empty when there is none, to the next. It runs on this
   *     thread, so it may take its time; it may be called more than once.
   * @return the value that was kept
   * @throws StaleSessionException if others were in the way for ten seconds
   */
  public <T> T update(String key, Class<T> type, Function<Optional<T>, T> change) {
    return update(key, TypeOf.of(type), change);
  }

  /** The same for a type with parameters. */
  public <T> T update(String key, TypeOf<T> type, Function<Optional<T>, T> change) {
    Names.check("A value", key);
    return settings.updates().run(name, key, () -> tryToUpdate(key, type, change));
  }

  private <T> T tryToUpdate(String key, TypeOf<T> type, Function<Optional<T>, T> change) {
    Optional<EntryRow> now = reads.value(key);
    T next = change.apply(now.map(row -> values.value(row, type)));
    String where = Names.where(name, key);
    Prepared prepared =
        now.isPresent()
            ? settings
                .format()
                .prepare(Values.id(now.get()), now.get().record(), next, type.type(), where)
            : settings.format().prepare(next, where);
    long version = now.map(EntryRow::version).orElse(0L);
    edit(editor -> editor.replace(key, prepared, version));
    return next;
  }

  /**
   * Puts a summary in the place of all entries of a log but the last ones. It gets the number of
   * the last one that it stands for.
   *
   * @param keep how many stay as they are
   * @param summary of the entries given, oldest first, at least two; called outside of any
   *     transaction, so it may call a model
   * @return how many entries it stands for; 0 when there was nothing to sum up
   * @throws StaleSessionException if these entries were trimmed or summed up meanwhile
   */
  public <T> long summarize(String log, int keep, Class<T> type, Function<List<T>, T> summary) {
    Counts.check(keep);
    List<EntryRow> all = reads.now(lookup -> lookup.last(log, Integer.MAX_VALUE));
    int count = all.size() - keep;
    if (count < 2) {
      return 0;
    }
    List<EntryRow> old = all.subList(0, count);
    T sum = summary.apply(old.stream().map(row -> values.value(row, TypeOf.of(type))).toList());
    Prepared prepared = settings.format().prepare(sum, Names.where(name, log));
    edit(editor -> editor.summarize(log, old, prepared));
    return count;
  }

  /**
   * Takes the right to write to this session alone. Waits for as long as {@code lease} says, by
   * when a holder that died has lost it.
   *
   * @param lease how long it holds unless it is renewed: 1 ms to 36525 days
   * @throws SessionLockedException if somebody else holds it all the time
   * @throws ai.powertools.core.CancelledException if the thread is interrupted while it waits
   */
  public SessionLock lock(Duration lease) {
    return lock(lease, lease);
  }

  /** The same, with another patience. */
  public SessionLock lock(Duration lease, Duration patience) {
    return held(settings.locks().acquire(name, id, lease, patience));
  }

  /** The same without waiting; empty when somebody else holds it. */
  public Optional<SessionLock> tryLock(Duration lease) {
    return settings.locks().tryAcquire(name, id, lease).map(this::held);
  }

  private SessionLock held(Locks.Grant grant) {
    return new SessionLock(
        new Session(settings, name, id, grant.token()),
        settings.locks(),
        grant.token(),
        grant.until());
  }

  /**
   * Keeps the state of now readable under a label, in place of an older snapshot of that label.
   *
   * @return what {@link #at(String)} and {@link #at(long)} give back from now on
   */
  public Snapshot snapshot(String label) {
    Names.check("A snapshot", label);
    return write(editor -> editor.snapshot(label));
  }

  /** All snapshots, oldest first. */
  public List<Snapshot> snapshots() {
    return reads.past(History::snapshots);
  }

  /** Gives a snapshot up; false when there was none. */
  public boolean dropSnapshot(String label) {
    return write(editor -> editor.dropSnapshot(label));
  }

  /**
   * The session as it was at a version. Reads of it fail with a {@link SessionException} when that
   * version is not kept (see {@link HistoryWindow}).
   */
  public SessionView at(long version) {
    reads.past(history -> history.lookup(version)); // so that it fails here, if it does
    return new PastSession(settings, name, id, version);
  }

  /** The session as it was at a moment. */
  public SessionView at(Instant moment) {
    long version = reads.past(history -> history.versionAt(moment));
    return at(version);
  }

  /** The session as a snapshot holds it. */
  public SessionView at(String snapshot) {
    long version = reads.past(history -> history.versionOf(snapshot));
    return at(version);
  }

  /**
   * What differs between two versions.
   *
   * @throws SessionException if one of them is not kept
   */
  public SessionDiff diff(long from, long to) {
    return reads.past(
        history -> Diffs.between(from, history.lookup(from).all(), to, history.lookup(to).all()));
  }

  /**
   * A new session that begins as this one is now.
   *
   * @throws SessionException if there is one of that name
   */
  public Session fork(String fork) {
    return fork(fork, OptionalLong.empty());
  }

  /** A new session that begins as this one was at a version. */
  public Session fork(String fork, long version) {
    return fork(fork, OptionalLong.of(version));
  }

  private Session fork(String fork, OptionalLong version) {
    Names.check("A session", fork);
    Instant now = Moments.micros(settings.time().instant());
    long forkId =
        store()
            .write(
                rows -> {
                  SessionRow head = Access.existing(rows, name, id, now);
                  return new Fork(settings, rows, now)
                      .make(fork, head, version.orElse(head.version()));
                });
    return new Session(settings, fork, forkId, 0);
  }

  /**
   * Tells of changes of this session, whichever process or machine makes them: looks every so often
   * whether it has another version. Several changes in between are told as one; which values
   * changed is not known ({@link #diff} may tell). To be told at once of what this process writes,
   * use {@link Sessions#listen}.
   *
   * @param every how often, above zero
   * @param listener called on a thread of its own; version 0 says that the session is gone
   * @return to be closed when nobody listens any more
   * @throws IllegalArgumentException if {@code every} is not above zero
   */
  public SessionWatch watch(Duration every, SessionListener listener) {
    return new SessionWatch(
            name, reads::version, listener, Counts.checkPause(every), settings.time())
        .start();
  }

  @Override
  public String toString() {
    return "session \"" + name + "\" in " + store().location();
  }

  private SessionStore store() {
    return settings.store();
  }

  private void edit(Consumer<Editor> work) {
    write(
        editor -> {
          work.accept(editor);
          return true;
        });
  }

  private <T> T write(Function<Editor, T> work) {
    return writes.run(work);
  }
}
