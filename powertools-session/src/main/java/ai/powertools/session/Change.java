package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes the rows of one session within one transaction: everything that is written in it gets the
 * same version and the same moment, what is replaced is kept if somebody may look back at it, and
 * the head counts along.
 */
final class Change {
  private final Settings settings;
  private final SessionRows rows;
  private final SessionRow before;
  private final Instant now;
  private final Instant at;
  private final long version;
  private final Set<String> names = new LinkedHashSet<>();
  private SessionRow head;
  private long entries;
  private long sum;
  private SessionRow.History history;
  private boolean wrote;
  private volatile boolean ended;

  /**
   * @param found the head as it is kept
   * @param head as {@link Locks#admit} gave it
   */
  Change(Settings settings, SessionRows rows, SessionRow found, SessionRow head, Instant now) {
    this.settings = settings;
    this.rows = rows;
    this.before = found;
    this.head = head;
    this.now = now;
    // A clock that was set back must not make the past younger than the present.
    this.at = Moments.later(now, head.touchedAt());
    this.version = head.version() + 1;
    this.entries = head.contents().entries();
    this.sum = head.contents().sum();
    this.history = head.history();
  }

  SessionRows rows() {
    if (ended) {
      throw new SessionException(
          "The transaction of session \"%s\" has ended: do all of its work within the function."
              .formatted(head.name()),
          null);
    }
    return rows;
  }

  /** From now on it gives no rows. */
  void end() {
    ended = true;
  }

  SessionRow head() {
    return head;
  }

  Instant now() {
    return now;
  }

  Instant at() {
    return at;
  }

  /** The version that this makes. */
  long version() {
    return version;
  }

  /** Puts an entry in the place of the one there, if there is one. */
  void put(String name, long seq, Prepared value, Ttl ttl) {
    put(name, seq, value, ttl.expiry(now), ttl.slide());
  }

  void put(
      String name,
      long seq,
      Prepared value,
      Optional<Instant> expiresAt,
      Optional<Duration> slide) {
    rows().entry(head.id(), name, seq).ifPresent(this::leave);
    add(name, seq, value, expiresAt, slide);
  }

  /** Adds an entry where there is none. */
  void add(
      String name,
      long seq,
      Prepared value,
      Optional<Instant> expiresAt,
      Optional<Duration> slide) {
    RecordId id =
        new RecordId(head.id(), name, seq, version, Moments.number(at), Moments.number(expiresAt));
    byte[] record = settings.format().seal(id, value);
    rows().put(new EntryRow(head.id(), name, seq, version, at, expiresAt, slide, record));
    settings.meter().encoded(head.name(), value.plainSize(), record.length);
    entries++;
    sum += settings.format().hash(id, record);
    changed(name);
  }

  /** Removes an entry that was found in this transaction. */
  void remove(EntryRow row) {
    leave(row);
    rows().remove(row.session(), row.name(), row.seq());
    changed(row.name());
  }

  /** Lets an entry live for another time; that alone makes no version. */
  void expire(EntryRow row, Optional<Instant> expiresAt, Optional<Duration> slide) {
    RecordId id = Values.id(row);
    RecordId next =
        new RecordId(
            row.session(),
            row.name(),
            row.seq(),
            row.version(),
            id.atMicros(),
            Moments.number(expiresAt));
    byte[] record = settings.format().reseal(id, row.record(), next);
    rows().put(row.with(expiresAt, slide, record));
    sum += settings.format().hash(next, record) - settings.format().hash(id, row.record());
  }

  /** Lets the session live for another time; that alone makes no version. */
  void expire(Optional<Instant> expiresAt, Optional<Duration> slide) {
    rows();
    head = Heads.expiring(head, expiresAt, slide);
  }

  /** Lets a session that slides live on. */
  void use() {
    if (Ttl.isDue(head.expiresAt(), head.slide(), now)) {
      expire(head.slide().map(now::plus), head.slide());
    }
  }

  /** Says that a snapshot holds the version that this makes. */
  void holdAll() {
    history = new SessionRow.History(history.from(), history.fromAt(), version);
  }

  /** Says which version the newest snapshot holds. */
  void holdUpTo(long snapshot) {
    history = new SessionRow.History(history.from(), history.fromAt(), snapshot);
  }

  /** Writes the head, if anything changed. */
  void finish() {
    SessionRow after = head;
    if (wrote) {
      // Whether a lock that lapsed was broken matters only now that something was written.
      after = Heads.changed(head, version, at, history, new SessionRow.Contents(entries, sum));
    } else if (sum != head.contents().sum() || !history.equals(head.history())) {
      after =
          Heads.changed(
              head,
              head.version(),
              head.touchedAt(),
              history,
              new SessionRow.Contents(entries, sum));
    }
    // What changes nothing leaves a lock that lapsed to its holder.
    if (wrote || !after.equals(Heads.locked(before, head.lock()))) {
      rows.put(after);
    }
  }

  /** What to tell listeners; empty when no version was made. */
  Optional<SessionChange> told() {
    return wrote
        ? Optional.of(new SessionChange(head.name(), version, at, List.copyOf(names)))
        : Optional.empty();
  }

  private void changed(String name) {
    names.add(name);
    wrote = true;
  }

  /** An entry is about to be replaced or removed. */
  private void leave(EntryRow row) {
    entries--;
    sum -= settings.format().hash(Values.id(row), row.record());
    if (row.version() == version) {
      return; // nobody ever saw it
    }
    if (Moments.isOver(row.expiresAt(), now)) {
      return; // nobody who looks back would be given it, so nothing is lost
    }
    if (settings.history().isOpen() || row.version() <= history.snapshot()) {
      rows().keep(new PastRow(row, version, at));
    } else {
      history = new SessionRow.History(version, at, history.snapshot());
    }
  }
}
