package ai.powertools.session;

import ai.powertools.core.Time;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Named values and append-only logs that are still there after anything: a call that writes returns
 * when the write is durable. Got from {@link Sessions#open}.
 *
 * <p>Safe for use by many threads and processes; {@link #update} is atomic among all of them.
 * Values are records, beans, collections, strings, numbers or {@code JsonNode}, kept as JSON.
 */
public final class Session {
  private final String name;
  private final Store store;
  private final Time time;

  Session(String name, Store store, Time time) {
    this.name = name;
    this.store = store;
    this.time = time;
  }

  /** What it was opened by. */
  public String name() {
    return name;
  }

  /**
   * Keeps a value under a key, in place of the one there.
   *
   * @throws SessionException if the value can't be written as JSON, or the session was deleted
   * @throws IllegalArgumentException if the key is none: see {@link Sessions#open}
   */
  public void set(String key, Object value) {
    Names.check("A value", key);
    String json = Json.write(value, where(key));
    store.update(sql -> put(sql, key, json));
  }

  /**
   * The value under a key.
   *
   * @throws SessionException if there is none, or it was written as something else
   */
  public <T> T get(String key, Class<T> type) {
    return find(key, type)
        .orElseThrow(
            () ->
                new SessionException(
                    "There is no " + where(key) + ". Set it first, or use find().", null));
  }

  /**
   * The value under a key, if there is one.
   *
   * @throws SessionException if it was written as something else
   */
  public <T> Optional<T> find(String key, Class<T> type) {
    return store.read(sql -> json(sql, key)).map(json -> Json.read(json, type, where(key)));
  }

  /**
   * Replaces a value by a function of it, with nobody else's write in between.
   *
   * @param change from the value now, empty when there is none, to the next; may be called more
   *     than once, so it must have no effects of its own. It runs on the store's writing thread,
   *     where all others wait: let it compute, not call a model or the session.
   * @return the value that was kept
   */
  public <T> T update(String key, Class<T> type, Function<Optional<T>, T> change) {
    Names.check("A value", key);
    return store.write(
        sql -> {
          Optional<T> now = json(sql, key).map(json -> Json.read(json, type, where(key)));
          T next = change.apply(now);
          put(sql, key, Json.write(next, where(key)));
          return next;
        });
  }

  /** Removes a value; false when there was none. */
  public boolean remove(String key) {
    return store.write(
        sql -> {
          touch(sql);
          return sql.execute("DELETE FROM session_value WHERE session = ? AND name = ?", name, key)
              > 0;
        });
  }

  /** The keys of all values, in the order of {@link String#compareTo}. */
  public List<String> keys() {
    List<String> keys =
        store.read(
            sql ->
                sql.query(
                    "SELECT name FROM session_value WHERE session = ?",
                    r -> r.string("name"),
                    name));
    Collections.sort(keys); // here, since databases sort by the rules of their own country
    return keys;
  }

  /**
   * Adds to the end of a log.
   *
   * @return the entry's number in the log; the first is 1
   */
  public long append(String log, Object entry) {
    return appendAll(log, List.of(entry));
  }

  /**
   * Adds several entries to the end of a log, all or none, with nothing in between.
   *
   * @return the number of the last one
   * @throws IllegalArgumentException if there are none
   */
  public long appendAll(String log, List<?> entries) {
    Names.check("A log", log);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("Nothing to append to " + where(log));
    }
    List<String> json = entries.stream().map(entry -> Json.write(entry, where(log))).toList();
    return store.write(
        sql -> {
          touch(sql);
          long seq = last(sql, log);
          for (String value : json) {
            seq++;
            sql.execute(
                "INSERT INTO session_log (session, name, seq, at, value) VALUES (?, ?, ?, ?, ?)",
                name,
                log,
                seq,
                time.instant(),
                value);
          }
          return seq;
        });
  }

  /** A whole log, oldest first; empty when nothing was appended. */
  public <T> List<T> log(String log, Class<T> type) {
    return tail(log, Integer.MAX_VALUE, type);
  }

  /**
   * The last {@code count} entries of a log, oldest first.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   * @throws SessionException if one of them was written as something else
   */
  public <T> List<T> tail(String log, int count, Class<T> type) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "The last " + count + " entries are none: ask for 0 or more.");
    }
    List<String> newestFirst =
        store.read(
            sql ->
                sql.query(
                    "SELECT value FROM session_log WHERE session = ? AND name = ?"
                        + " ORDER BY seq DESC LIMIT ?",
                    r -> r.string("value"),
                    name,
                    log,
                    count));
    Collections.reverse(newestFirst);
    return newestFirst.stream().map(json -> Json.read(json, type, where(log))).toList();
  }

  /** How many entries a log has. */
  public long size(String log) {
    return store.read(sql -> last(sql, log));
  }

  @Override
  public String toString() {
    return "session \"" + name + "\" in " + store.location();
  }

  private void put(Sql sql, String key, String json) {
    touch(sql);
    sql.execute(
        "INSERT INTO session_value (session, name, version, value) VALUES (?, ?, 1, ?)"
            + " ON CONFLICT (session, name) DO UPDATE"
            + " SET value = excluded.value, version = session_value.version + 1",
        name,
        key,
        json);
  }

  private Optional<String> json(Sql sql, String key) {
    return sql.first(
        "SELECT value FROM session_value WHERE session = ? AND name = ?",
        r -> r.string("value"),
        name,
        key);
  }

  private long last(Sql sql, String log) {
    return sql.first(
            "SELECT MAX(seq) AS last FROM session_log WHERE session = ? AND name = ?",
            r -> r.findLong("last").orElse(0L),
            name,
            log)
        .orElse(0L);
  }

  /** Also the proof that the session has not been deleted meanwhile. */
  private void touch(Sql sql) {
    if (sql.execute("UPDATE session SET touched_at = ? WHERE name = ?", time.instant(), name)
        == 0) {
      throw new SessionException(
          "Session \"" + name + "\" was deleted while it was in use. Open it again.", null);
    }
  }

  private String where(String key) {
    return "\"" + key + "\" of session \"" + name + "\"";
  }
}
