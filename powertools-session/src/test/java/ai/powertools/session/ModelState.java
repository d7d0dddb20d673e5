package ai.powertools.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What is in a session of the model, now or at a version: maps that are copied whole. */
final class ModelState {
  final TreeMap<String, ModelCell> values = new TreeMap<>();
  final TreeMap<String, TreeMap<Long, ModelCell>> logs = new TreeMap<>();
  final TreeMap<String, End> ends = new TreeMap<>();
  Instant at = Instant.EPOCH;

  /**
   * Where a log ended when it was longest.
   *
   * @param low the least that it may be: a fork does not know of entries that had expired
   * @param high the most
   * @param row the version that wrote it down; 0 when none did
   */
  record End(long low, long high, long row) {
    static final End NONE = new End(0, 0, 0);
  }

  /** The same cells in maps of their own. */
  ModelState copy(Instant now) {
    ModelState copy = new ModelState();
    copy.values.putAll(values);
    logs.forEach((name, log) -> copy.logs.put(name, new TreeMap<>(log)));
    copy.ends.putAll(ends);
    copy.at = now;
    return copy;
  }

  /** What a fork begins with: cells of its own, without those that have expired. */
  ModelState fork(Instant now) {
    ModelState fork = new ModelState();
    values.forEach(
        (name, cell) -> {
          if (!cell.isOver(now)) {
            fork.values.put(name, cell.copy());
          }
        });
    ends.forEach(fork.ends::put);
    logs.forEach(
        (name, log) -> {
          TreeMap<Long, ModelCell> living = new TreeMap<>();
          living(name, now).forEach((seq, cell) -> living.put(seq, cell.copy()));
          fork.logs.put(name, living);
          End end = end(name);
          ModelCell top = log.get(end.high());
          if (top != null && top.isOver(now)) {
            long low = living.isEmpty() ? 0 : living.lastKey();
            fork.ends.put(name, new End(Math.min(low, end.low()), end.high(), end.row()));
          }
        });
    fork.at = now;
    return fork;
  }

  End end(String log) {
    return ends.getOrDefault(log, End.NONE);
  }

  NavigableMap<Long, ModelCell> log(String log) {
    return logs.computeIfAbsent(log, name -> new TreeMap<>());
  }

  NavigableMap<Long, ModelCell> living(String log, Instant now) {
    TreeMap<Long, ModelCell> living = new TreeMap<>(logs.getOrDefault(log, new TreeMap<>()));
    living.values().removeIf(cell -> cell.isOver(now));
    return living;
  }

  Optional<ModelCell> value(String key, Instant now) {
    return Optional.ofNullable(values.get(key)).filter(cell -> !cell.isOver(now));
  }

  List<String> keys(Instant now) {
    return values.keySet().stream().filter(key -> value(key, now).isPresent()).toList();
  }

  List<String> logs(Instant now) {
    return logs.keySet().stream().filter(log -> !living(log, now).isEmpty()).toList();
  }

  List<LogEntry<String>> last(String log, int count, Instant now) {
    List<LogEntry<String>> all = page(log, 0, Integer.MAX_VALUE, now);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  List<LogEntry<String>> page(String log, long from, int count, Instant now) {
    List<LogEntry<String>> page = new ArrayList<>();
    living(log, now)
        .tailMap(from, true)
        .forEach(
            (seq, cell) -> {
              if (page.size() < count) {
                page.add(cell.entry(seq));
              }
            });
    return page;
  }

  /** Everything in it, to be compared in one go. */
  String dump(Instant now) {
    StringBuilder text = new StringBuilder();
    keys(now).forEach(key -> text.append(key).append('=').append(values.get(key).versioned()));
    logs(now).forEach(log -> text.append(log).append(page(log, 0, Integer.MAX_VALUE, now)));
    return text.toString();
  }

  static String dump(SessionView view) {
    StringBuilder text = new StringBuilder();
    for (String key : view.keys()) {
      text.append(key).append('=').append(view.versioned(key, String.class).orElseThrow());
    }
    for (String log : view.logs()) {
      text.append(log).append(view.last(log, Integer.MAX_VALUE, TypeOf.of(String.class)));
    }
    return text.toString();
  }

  static SessionDiff diff(long from, ModelState before, long to, ModelState after, Instant now) {
    Map<PastLookup.Place, Long> old = before.places(now);
    Map<PastLookup.Place, Long> fresh = after.places(now);
    TreeMap<PastLookup.Place, SessionDiff.Kind> kinds = new TreeMap<>();
    for (Map.Entry<PastLookup.Place, Long> one : old.entrySet()) {
      Long version = fresh.get(one.getKey());
      if (version == null) {
        kinds.put(one.getKey(), SessionDiff.Kind.REMOVED);
      } else if (!version.equals(one.getValue())) {
        kinds.put(one.getKey(), SessionDiff.Kind.CHANGED);
      }
    }
    for (PastLookup.Place place : fresh.keySet()) {
      if (!old.containsKey(place)) {
        kinds.put(place, SessionDiff.Kind.ADDED);
      }
    }
    List<SessionDiff.Change> changes = new ArrayList<>();
    kinds.forEach(
        (place, kind) -> changes.add(new SessionDiff.Change(kind, place.name(), place.seq())));
    return new SessionDiff(from, to, changes);
  }

  private Map<PastLookup.Place, Long> places(Instant now) {
    TreeMap<PastLookup.Place, Long> places = new TreeMap<>();
    keys(now).forEach(key -> places.put(new PastLookup.Place(key, 0), values.get(key).version));
    for (String log : logs.keySet()) {
      living(log, now)
          .forEach((seq, cell) -> places.put(new PastLookup.Place(log, seq), cell.version));
    }
    return places;
  }
}
