package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Random reads and changes of one session. */
abstract class ModelEdits extends ModelComparison {
  private static final List<String> KEYS = List.of("a", "b", "c", "both");
  private static final List<String> LOGS = List.of("log", "both");

  /** The locks that were got last, by the names of their sessions. */
  final Map<String, Held> locks = new TreeMap<>();

  ModelEdits(RandomInput random, HistoryWindow history) {
    super(random, history);
  }

  /** A session in use, and what it is in the model. */
  record Handle(Session session, ModelSession model) {}

  /** A lock, and the session that it is of. */
  record Held(SessionLock lock, ModelSession model) {}

  void read(Handle handle) {
    ModelSession m = handle.model();
    Session s = handle.session();
    String key = random.oneOf(KEYS);
    String log = random.oneOf(LOGS);
    int count = random.ints(0, 12);
    long from = random.ints(-2, 60);
    switch (random.ints(0, 7)) {
      case 0, 1, 2 ->
          same(
              "get",
              m,
              () -> m.read(key).map(ModelCell::versioned),
              () -> s.versioned(key, String.class));
      case 3 -> {
        same("keys", m, () -> used(m).keys(clock.instant()), s::keys);
        same("logs", m, () -> used(m).logs(clock.instant()), s::logs);
      }
      case 4 ->
          same(
              "tail",
              m,
              () -> used(m).last(log, count, clock.instant()),
              () -> s.last(log, count, TypeOf.of(String.class)));
      case 5 ->
          same(
              "page",
              m,
              () -> used(m).page(log, from, count, clock.instant()),
              () -> s.page(log, from, count, String.class));
      default -> {
        same(
            "size", m, () -> (long) used(m).living(log, clock.instant()).size(), () -> s.size(log));
        same("version", m, () -> m.version, s::version);
      }
    }
  }

  static ModelState used(ModelSession session) {
    session.use();
    return session.now;
  }

  void write(Handle handle) {
    ModelSession m = handle.model();
    Held held = locks.get(m.name);
    boolean locked = held != null && held.model() == m && random.chance(0.5);
    long token = locked ? held.lock().token() : 0;
    Session s = locked ? held.lock().session() : handle.session();
    String key = random.oneOf(KEYS);
    String log = random.oneOf(LOGS);
    String value = "v" + step + "x".repeat(random.ints(0, 4));
    Ttl ttl = random.chance(0.6) ? Ttl.NEVER : ttl();
    switch (random.ints(0, 14)) {
      case 0, 1, 2 ->
          changes(
              "set", m, token, () -> m.set(key, value, ttl), done(() -> s.set(key, value, ttl)));
      case 3 -> update(m, s, token, key, value);
      case 4 -> {
        long version =
            random.chance(0.5)
                ? Optional.ofNullable(m.now.values.get(key)).map(cell -> cell.version).orElse(0L)
                : random.ints(0, 9);
        changes(
            "replace",
            m,
            token,
            () -> m.replace(key, value, version),
            done(() -> s.replace(key, value, version)));
      }
      case 5 -> changes("remove", m, token, () -> m.remove(key), () -> s.remove(key));
      case 6 -> changes("expire", m, token, () -> m.expire(key, ttl), () -> s.expire(key, ttl));
      case 7, 8, 9 -> append(m, s, token, log, ttl.sliding() ? Ttl.NEVER : ttl);
      case 10 -> {
        int keep = random.ints(0, 10);
        changes("trim", m, token, () -> m.trim(log, keep), () -> s.trim(log, keep));
      }
      case 11 -> {
        long tokens = random.ints(0, 60);
        changes(
            "trim by tokens",
            m,
            token,
            () -> m.trimTokens(log, tokens),
            () -> s.trim(log, tokens, String.class, String::length));
      }
      case 12 -> {
        Duration age = Duration.ofSeconds(random.ints(0, 60));
        changes("trim by age", m, token, () -> m.trim(log, age), () -> s.trim(log, age));
      }
      default -> transactionOrSummary(m, s, token, key, log, value);
    }
  }

  private void update(ModelSession m, Session s, long token, String key, String value) {
    same(
        "update",
        m,
        () -> {
          Optional<ModelCell> before = m.read(key);
          String next = before.map(cell -> cell.value.length()).orElse(0) + value;
          long version = before.map(cell -> cell.version).orElse(0L);
          m.change(token, () -> m.replace(key, next, version));
          return next;
        },
        () -> s.update(key, String.class, now -> now.map(String::length).orElse(0) + value));
  }

  private void append(ModelSession m, Session s, long token, String log, Ttl ttl) {
    List<String> values = random.lists(2, () -> "e" + random.ints(0, 1_000));
    List<String> some = values.isEmpty() ? List.of("e" + step) : values;
    Object found = outcome(() -> s.appendAll(log, some, ttl));
    long told = found instanceof Long last ? last : 0;
    changes("append", m, token, () -> m.append(log, some, ttl, told), () -> rethrown(found));
    if (m.now.log(log).size() > 40) {
      changes("trim", m, token, () -> m.trim(log, 20), () -> s.trim(log, 20));
    }
  }

  private void transactionOrSummary(
      ModelSession m, Session s, long token, String key, String log, String value) {
    if (random.chance(0.5)) {
      boolean fails = random.chance(0.3);
      if (fails) {
        note("transaction that fails");
        Object found =
            outcome(
                () ->
                    s.transaction(
                        tx -> {
                          tx.set(key, value);
                          tx.append(log, value);
                          throw new SessionException("no", null);
                        }));
        assertThat(found).as(where()).isInstanceOf(Class.class);
        return;
      }
      changes(
          "transaction",
          m,
          token,
          () -> m.set(key, value, Ttl.NEVER) && m.remove(key) && m.set(key, value, Ttl.NEVER),
          () ->
              s.transaction(
                  tx -> {
                    tx.set(key, value);
                    boolean there = tx.remove(key);
                    tx.set(key, value);
                    return there;
                  }));
      return;
    }
    int keep = random.ints(0, 6);
    same(
        "summarize",
        m,
        () -> {
          int living = used(m).living(log, clock.instant()).size();
          return living - keep < 2 ? 0L : m.change(token, () -> m.summarize(log, keep, value));
        },
        () -> s.summarize(log, keep, String.class, all -> value));
  }
}
