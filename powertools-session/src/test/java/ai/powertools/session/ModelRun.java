package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does one random thing after another to real sessions and to the model, and compares. */
final class ModelRun extends ModelEdits {
  private static final List<String> NAMES = List.of("s1", "s2", "s3", "s4");
  private static final List<String> LABELS = List.of("a", "before", "tag");

  private final Function<SessionsBuilder, Sessions> place;
  private final Map<String, Handle> handles = new TreeMap<>();
  private Sessions sessions;

  ModelRun(RandomInput random, HistoryWindow history, Function<SessionsBuilder, Sessions> place) {
    super(random, history);
    this.place = place;
    this.sessions = open();
  }

  private Sessions open() {
    return place.apply(Sessions.builder().time(clock).history(history));
  }

  /**
   * Runs.
   *
   * @param reopenEvery after how many operations the sessions are closed and opened; 0 for never
   * @return how many of which kind were done
   */
  Map<String, Long> run(int operations, int reopenEvery) {
    try {
      for (step = 1; step <= operations; step++) {
        one();
        if (reopenEvery > 0 && step % reopenEvery == 0) {
          reopen();
        }
        if (step % 1_000 == 0) {
          compareAll();
        }
      }
      doing = "the end";
      compareAll();
      assertThat(sessions.verify().problems()).as(where()).isEmpty();
      return counts;
    } catch (RuntimeException e) {
      throw new AssertionError("Failed at " + where(), e);
    } finally {
      sessions.close();
    }
  }

  private void reopen() {
    sessions.close();
    sessions = open();
    handles.clear();
    locks.clear();
  }

  private void one() {
    Handle handle = handle(random.oneOf(NAMES));
    int kind = random.ints(0, 100);
    if (kind < 24) {
      read(handle);
    } else if (kind < 62) {
      write(handle);
    } else if (kind < 74) {
      lookBack(handle);
    } else if (kind < 80) {
      lock(handle);
    } else if (kind < 88) {
      note("clock");
      clock.advance(Duration.ofMillis(random.ints(0, random.chance(0.05) ? 90_000 : 4_000)));
    } else {
      wholeSessions(handle);
    }
  }

  private Handle handle(String name) {
    Handle there = handles.get(name);
    if (there == null || (!model.isInUse(there.model()) && random.chance(0.7))) {
      Ttl ttl = random.chance(0.8) ? Ttl.NEVER : ttl();
      there = new Handle(sessions.open(name, ttl), model.open(name, ttl));
      handles.put(name, there);
    }
    return there;
  }

  private void lookBack(Handle handle) {
    ModelSession m = handle.model();
    Session s = handle.session();
    String label = random.oneOf(LABELS);
    switch (random.ints(0, 8)) {
      case 0 -> changes("snapshot", m, 0, () -> m.snapshot(label), () -> s.snapshot(label));
      case 1 -> {
        if (random.chance(0.3)) {
          changes("drop", m, 0, () -> m.dropSnapshot(label), () -> s.dropSnapshot(label));
        }
        same(
            "snapshots",
            m,
            () ->
                m.snapshots.values().stream()
                    .sorted(Comparator.comparingLong(Snapshot::version))
                    .toList(),
            s::snapshots);
      }
      case 2 -> {
        Snapshot held = m.snapshots.get(label);
        past(
            "at(label)",
            m,
            held == null ? Optional.empty() : Optional.of(held.version()),
            () -> s.at(label));
      }
      case 3 -> {
        long version = m.version + 1 + random.ints(0, 3);
        past("at(future)", m, Optional.empty(), () -> s.at(version));
      }
      case 4 -> {
        Instant moment = m.states.get(version(m)).at.plusMillis(random.ints(0, 2_000));
        long version = m.states.firstKey();
        for (Map.Entry<Long, ModelState> one : m.states.entrySet()) {
          version = one.getValue().at.isAfter(moment) ? version : one.getKey();
        }
        long stood = version;
        if (stood < m.version - ModelSession.REMEMBERED) {
          return; // a later one of that moment may have been forgotten
        }
        optional(
            "at(moment)",
            m,
            stood >= m.from,
            () -> m.states.get(stood).dump(clock.instant()),
            () -> ModelState.dump(s.at(moment)));
      }
      case 5 -> {
        long from = version(m);
        long to = version(m);
        optional(
            "diff",
            m,
            m.holds(from) && m.holds(to),
            () -> ModelState.diff(from, m.states.get(from), to, m.states.get(to), clock.instant()),
            () -> s.diff(from, to));
      }
      default -> {
        long version = version(m);
        past("at(version)", m, Optional.of(version), () -> s.at(version));
      }
    }
  }

  /** One of the versions that the model remembers. */
  private long version(ModelSession m) {
    return random.oneOf(List.copyOf(m.states.keySet()));
  }

  private void past(
      String what, ModelSession m, Optional<Long> version, Supplier<SessionView> view) {
    optional(
        what,
        m,
        version.isEmpty() || m.holds(version.get()),
        () -> {
          if (version.isEmpty()) {
            throw new ModelSession.Refused(SessionException.class);
          }
          return m.states.get(version.get()).dump(clock.instant());
        },
        () -> ModelState.dump(view.get()));
  }

  private void lock(Handle handle) {
    ModelSession m = handle.model();
    Session s = handle.session();
    Held held = locks.get(m.name);
    Duration lease = Duration.ofMillis(random.ints(1, 9_000));
    if (held == null || random.chance(0.3)) {
      same(
          "lock",
          m,
          () -> {
            if (m.lockedUntil.filter(until -> until.isAfter(clock.instant())).isPresent()) {
              return 0L;
            }
            m.lockedUntil = Optional.of(clock.instant().plus(lease));
            m.fence++;
            return m.fence;
          },
          () -> {
            Optional<SessionLock> lock = s.tryLock(lease);
            lock.ifPresent(got -> locks.put(m.name, new Held(got, m)));
            return lock.map(SessionLock::token).orElse(0L);
          });
    } else if (random.chance(0.5)) {
      same(
          "renew",
          held.model(),
          () -> {
            held.model().admit(held.lock().token());
            held.model().lockedUntil = Optional.of(clock.instant().plus(lease));
            return true;
          },
          done(() -> held.lock().renew(lease)));
    } else {
      note("unlock");
      held.lock().close();
      held.lock().close();
      if (held.model().fence == held.lock().token()) {
        held.model().lockedUntil = Optional.empty();
      }
      locks.remove(m.name);
    }
  }

  private void wholeSessions(Handle handle) {
    ModelSession m = handle.model();
    switch (random.ints(0, 8)) {
      case 0 -> fork(handle);
      case 1 -> {
        Ttl ttl = random.chance(0.5) ? Ttl.NEVER : ttl();
        changes(
            "expire session",
            m,
            0,
            () -> {
              m.live(ttl.duration().map(clock.instant()::plus), ttl.slide());
              return true;
            },
            done(() -> handle.session().expire(ttl)));
      }
      case 2 -> {
        if (random.chance(0.3)) {
          note("delete");
          assertThat(sessions.delete(m.name)).as(where()).isEqualTo(model.delete(m.name));
        }
      }
      case 3 -> {
        note("list");
        assertThat(
                sessions.list().stream()
                    .map(
                        one ->
                            new SessionInfo(
                                one.name(),
                                one.createdAt(),
                                one.touchedAt(),
                                one.version(),
                                0,
                                one.expiresAt())))
            .as(where())
            .containsExactlyElementsOf(model.list());
      }
      case 4, 5 -> {
        note("find");
        String name = random.oneOf(NAMES);
        assertThat(sessions.find(name).isPresent())
            .as(where())
            .isEqualTo(model.find(name).isPresent());
      }
      default -> {
        note("sweep");
        Swept swept = sessions.sweep();
        assertThat(new Swept(swept.sessions(), swept.entries(), 0))
            .as(where())
            .isEqualTo(model.sweep());
      }
    }
  }

  private void fork(Handle handle) {
    ModelSession m = handle.model();
    String name = random.oneOf(NAMES);
    boolean ofNow = random.chance(0.4);
    long version = ofNow ? m.version : version(m);
    boolean taken = model.find(name).isPresent();
    Session[] made = new Session[1];
    note("fork");
    Object found =
        outcome(
            () -> {
              made[0] = ofNow ? handle.session().fork(name) : handle.session().fork(name, version);
              return true;
            });
    if (taken || !model.isInUse(m)) {
      assertThat(found).as(where()).isEqualTo(SessionException.class);
      return;
    }
    if (m.holds(version)) {
      assertThat(found).as(where()).isEqualTo(true);
    }
    if (found.equals(true)) {
      handles.put(name, new Handle(made[0], model.fork(m, name, version)));
    }
  }

  private void compareAll() {
    for (ModelSession m : model.sessions.values()) {
      if (!m.isOver() && m.slide.isEmpty()) {
        assertThat(ModelState.dump(sessions.find(m.name).orElseThrow().at(m.version)))
            .as("%s of %s", m.name, where())
            .isEqualTo(m.now.dump(clock.instant()));
      }
    }
  }
}
