package ai.powertools.session;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One session of the model. What would be refused throws {@link Refused}. */
final class ModelSession {
  /** So many versions are remembered, besides those of snapshots. */
  static final int REMEMBERED = 60;

  final String name;
  final Instant createdAt;
  final TreeMap<Long, ModelState> states = new TreeMap<>();
  final TreeMap<String, Snapshot> snapshots = new TreeMap<>();
  final ModelState now;
  Instant touchedAt;
  Optional<Instant> expiresAt;
  Optional<Duration> slide;
  long version;
  long fence;
  Optional<Instant> lockedUntil = Optional.empty();

  /** From this version on, at the latest, everything must be readable. */
  long from;

  private final VirtualClock clock;
  private final HistoryWindow history;
  private final List<Gone> gone = new ArrayList<>();
  private long next;
  private boolean wrote;
  private boolean dirty;

  private record Gone(long until, Instant at) {}

  /** The store must refuse with this error. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Class<? extends SessionException> type;

    Refused(Class<? extends SessionException> type) {
      this.type = type;
    }
  }

  ModelSession(
      String name, VirtualClock clock, HistoryWindow history, ModelState begin, long version) {
    this.name = name;
    this.clock = clock;
    this.history = history;
    this.now = begin;
    this.version = version;
    this.from = version;
    this.createdAt = clock.instant();
    this.touchedAt = createdAt;
    this.expiresAt = Optional.empty();
    this.slide = Optional.empty();
    states.put(version, begin.copy(createdAt));
  }

  Instant time() {
    return clock.instant();
  }

  boolean isOver() {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(time());
  }

  void live(Optional<Instant> until, Optional<Duration> slides) {
    dirty |= !expiresAt.equals(until) || !slide.equals(slides);
    expiresAt = until;
    slide = slides;
  }

  /** The session was used. */
  void use() {
    if (ModelCell.isDue(expiresAt, slide, time())) {
      live(slide.map(time()::plus), slide);
    }
  }

  /** A value was read. */
  Optional<ModelCell> read(String key) {
    use();
    Optional<ModelCell> cell = now.value(key, time());
    cell.filter(found -> found.isDue(time()))
        .ifPresent(found -> found.expiresAt = found.slide.map(time()::plus));
    return cell;
  }

  /** Runs one transaction. */
  <T> T change(long token, Supplier<T> work) {
    admit(token);
    wrote = false;
    dirty = false;
    next = version + 1;
    Optional<Instant> until = expiresAt;
    use();
    T result;
    try {
      result = work.get();
    } catch (Refused e) {
      expiresAt = until;
      throw e;
    }
    if (wrote) {
      version = next;
      touchedAt = time();
      states.put(version, now.copy(time()));
      forget();
    }
    if ((wrote || dirty) && token == 0) {
      lockedUntil = Optional.empty(); // one that had lapsed is broken
    }
    return result;
  }

  void admit(long token) {
    if (token == 0 && lockedUntil.filter(until -> until.isAfter(time())).isPresent()) {
      throw new Refused(SessionLockedException.class);
    }
    if (token != 0 && (token != fence || lockedUntil.isEmpty())) {
      throw new Refused(StaleSessionException.class);
    }
  }

  boolean set(String key, String value, Ttl ttl) {
    return put(key, value, ttl.duration().map(time()::plus), ttl.slide());
  }

  private boolean put(
      String key, String value, Optional<Instant> until, Optional<Duration> slides) {
    lose(now.values.put(key, new ModelCell(value, next, time(), until, slides)));
    wrote = true;
    return true;
  }

  boolean replace(String key, String value, long expected) {
    Optional<ModelCell> cell = now.value(key, time());
    if (cell.map(found -> found.version).orElse(0L) != expected) {
      throw new Refused(StaleSessionException.class);
    }
    Optional<Duration> slides = cell.flatMap(found -> found.slide);
    Optional<Instant> until =
        slides.isPresent() ? slides.map(time()::plus) : cell.flatMap(found -> found.expiresAt);
    return put(key, value, until, slides);
  }

  boolean remove(String key) {
    Optional<ModelCell> cell = now.value(key, time());
    cell.ifPresent(
        found -> {
          now.values.remove(key);
          lose(found);
          wrote = true;
        });
    return cell.isPresent();
  }

  boolean expire(String key, Ttl ttl) {
    Optional<ModelCell> cell = now.value(key, time());
    cell.ifPresent(
        found -> {
          Optional<Instant> until = ttl.duration().map(time()::plus);
          dirty |= !found.expiresAt.equals(until);
          found.expiresAt = until;
          found.slide = ttl.slide();
        });
    return cell.isPresent();
  }

  /**
   * Appends.
   *
   * @param told the number that the store gave to the last one; wrong when it can't be
   */
  long append(String log, List<String> values, Ttl ttl, long told) {
    ModelState.End end = now.end(log);
    long last = end.high();
    if (end.low() < end.high()) {
      last = Math.min(Math.max(told - values.size(), end.low()), end.high());
    }
    for (String value : values) {
      last++;
      Optional<Instant> until = ttl.duration().map(time()::plus);
      now.log(log).put(last, new ModelCell(value, next, time(), until, Optional.empty()));
    }
    now.ends.put(log, new ModelState.End(last, last, end.row()));
    wrote = true;
    return last;
  }

  long trim(String log, int keep) {
    List<Long> living = List.copyOf(now.living(log, time()).keySet());
    if (living.size() < keep) {
      return 0;
    }
    return removeBelow(log, keep == 0 ? Long.MAX_VALUE : living.get(living.size() - keep));
  }

  long trim(String log, Duration olderThan) {
    Instant limit = time().minus(olderThan);
    for (Map.Entry<Long, ModelCell> one : now.living(log, time()).entrySet()) {
      if (!one.getValue().at.isBefore(limit)) {
        return removeBelow(log, one.getKey());
      }
    }
    return removeBelow(log, Long.MAX_VALUE);
  }

  /** By the length of the values. */
  long trimTokens(String log, long tokens) {
    long left = tokens;
    long first = Long.MAX_VALUE;
    for (Map.Entry<Long, ModelCell> one : now.living(log, time()).descendingMap().entrySet()) {
      left -= one.getValue().value.length();
      if (left < 0 && first != Long.MAX_VALUE) {
        break;
      }
      first = one.getKey();
    }
    return removeBelow(log, first);
  }

  long summarize(String log, int keep, String summary) {
    List<Long> living = List.copyOf(now.living(log, time()).keySet());
    int count = living.size() - keep;
    long last = living.get(count - 1);
    removeBelow(log, last);
    ModelCell cell = new ModelCell(summary, next, time(), Optional.empty(), Optional.empty());
    lose(now.log(log).put(last, cell));
    wrote = true;
    return count;
  }

  private long removeBelow(String log, long limit) {
    List<Long> below = List.copyOf(now.log(log).headMap(limit).keySet());
    for (long seq : below) {
      lose(now.log(log).remove(seq));
      wrote = true;
    }
    if (!below.isEmpty() && limit == Long.MAX_VALUE) {
      writeEnd(log);
    }
    return below.size();
  }

  private void writeEnd(String log) {
    ModelState.End end = now.end(log);
    if (end.row() != 0 && end.row() != next) {
      lose(new ModelCell("", end.row(), time(), Optional.empty(), Optional.empty()));
    }
    now.ends.put(log, new ModelState.End(end.low(), end.high(), next));
  }

  Snapshot snapshot(String label) {
    Snapshot snapshot = new Snapshot(label, next, time());
    if (snapshots.put(label, snapshot) != null) {
      gone.add(new Gone(next, time()));
    }
    wrote = true;
    return snapshot;
  }

  boolean dropSnapshot(String label) {
    boolean there = snapshots.remove(label) != null;
    if (there) {
      gone.add(new Gone(next, time()));
    }
    wrote |= there;
    return there;
  }

  /** Removes what has expired, one version each, and tells how many. */
  long sweep() {
    record Place(String name, long seq, Instant at) {}
    List<Place> expired = new ArrayList<>();
    now.values.forEach(
        (key, cell) -> {
          if (cell.isOver(time())) {
            expired.add(new Place(key, 0, cell.expiresAt.orElseThrow()));
          }
        });
    now.logs.forEach(
        (log, cells) ->
            cells.forEach(
                (seq, cell) -> {
                  if (cell.isOver(time())) {
                    expired.add(new Place(log, seq, cell.expiresAt.orElseThrow()));
                  }
                }));
    expired.sort(
        Comparator.comparing(Place::at).thenComparing(Place::name).thenComparing(Place::seq));
    for (Place place : expired) {
      version++;
      next = version;
      if (place.seq() == 0) {
        now.values.remove(place.name());
      } else {
        now.log(place.name()).remove(place.seq());
        if (place.seq() >= now.end(place.name()).low()) {
          writeEnd(place.name());
        }
      }
    }
    if (!expired.isEmpty()) {
      touchedAt = time();
      states.put(version, now.copy(time()));
      forget();
    }
    return expired.size();
  }

  /** What ended before the history begins may go, and with it what needs it. */
  void sweepPast() {
    history
        .begin(time())
        .ifPresent(
            begin ->
                gone.removeIf(
                    one -> {
                      boolean old = one.at().isBefore(begin);
                      from = old ? Math.max(from, one.until()) : from;
                      return old;
                    }));
  }

  boolean holds(long wanted) {
    return wanted >= from || isSnapshot(wanted);
  }

  private boolean isSnapshot(long wanted) {
    return snapshots.values().stream().anyMatch(one -> one.version() == wanted);
  }

  private void lose(@Nullable ModelCell cell) {
    if (cell == null || cell.version == next || cell.isOver(time())) {
      return;
    }
    long newest = snapshots.values().stream().mapToLong(Snapshot::version).max().orElse(0);
    if (history.isOpen() || cell.version <= newest) {
      gone.add(new Gone(next, time()));
    } else {
      from = next;
    }
  }

  private void forget() {
    states.headMap(version - REMEMBERED).keySet().removeIf(old -> !isSnapshot(old));
    if (gone.size() > 4 * REMEMBERED) {
      gone.removeIf(one -> one.until() < from);
      if (gone.size() > 50 * REMEMBERED) {
        gone.subList(0, gone.size() - 50 * REMEMBERED).clear();
      }
    }
  }
}
