package ai.powertools.session;

import ai.powertools.testing.VirtualClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** All sessions of the model. */
final class SessionModel {
  final TreeMap<String, ModelSession> sessions = new TreeMap<>();
  private final VirtualClock clock;
  private final HistoryWindow history;

  SessionModel(VirtualClock clock, HistoryWindow history) {
    this.clock = clock;
    this.history = history;
  }

  Optional<ModelSession> find(String name) {
    return Optional.ofNullable(sessions.get(name)).filter(one -> !one.isOver());
  }

  ModelSession open(String name, Ttl ttl) {
    return find(name).orElseGet(() -> make(name, ttl));
  }

  private ModelSession make(String name, Ttl ttl) {
    ModelSession made = new ModelSession(name, clock, history, new ModelState(), 0);
    made.expiresAt = ttl.duration().map(time()::plus);
    made.slide = ttl.slide();
    sessions.put(name, made);
    return made;
  }

  boolean delete(String name) {
    boolean there = find(name).isPresent();
    sessions.remove(name);
    return there;
  }

  /** Whether what holds that session can still use it. */
  boolean isInUse(ModelSession session) {
    return sessions.get(session.name) == session && !session.isOver();
  }

  ModelSession fork(ModelSession origin, String name, long version) {
    ModelState begin = origin.states.get(version).fork(time());
    ModelSession fork = new ModelSession(name, clock, history, begin, version);
    fork.slide = origin.slide;
    fork.expiresAt = origin.slide.map(time()::plus).or(() -> origin.expiresAt);
    sessions.put(name, fork);
    return fork;
  }

  List<SessionInfo> list() {
    return sessions.values().stream()
        .filter(one -> !one.isOver())
        .map(
            one ->
                new SessionInfo(
                    one.name, one.createdAt, one.touchedAt, one.version, 0, one.expiresAt))
        .sorted(
            Comparator.comparing(SessionInfo::touchedAt)
                .reversed()
                .thenComparing(SessionInfo::name))
        .toList();
  }

  /** What the sweep must have removed; what is past is not counted. */
  Swept sweep() {
    long before = sessions.size();
    sessions.values().removeIf(ModelSession::isOver);
    long entries = sessions.values().stream().mapToLong(ModelSession::sweep).sum();
    sessions.values().forEach(ModelSession::sweepPast);
    return new Swept(before - sessions.size(), entries, 0);
  }

  private Instant time() {
    return clock.instant();
  }
}
