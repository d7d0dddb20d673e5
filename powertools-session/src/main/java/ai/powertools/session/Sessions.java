package ai.powertools.session;

import ai.powertools.core.Time;
import ai.powertools.store.Migrations;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * All sessions of one store. Safe for use by many threads, and by many processes on the same SQLite
 * file or PostgreSQL database. Closing it closes the store only where it opened it.
 */
public final class Sessions implements AutoCloseable {
  private static final Migrations TABLES =
      Migrations.of("session")
          .step(
              1,
              """
              CREATE TABLE session (
                name TEXT PRIMARY KEY,
                created_at BIGINT NOT NULL,
                touched_at BIGINT NOT NULL
              );
              CREATE TABLE session_value (
                session TEXT NOT NULL REFERENCES session(name) ON DELETE CASCADE,
                name TEXT NOT NULL,
                version BIGINT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (session, name)
              );
              CREATE TABLE session_log (
                session TEXT NOT NULL REFERENCES session(name) ON DELETE CASCADE,
                name TEXT NOT NULL,
                seq BIGINT NOT NULL,
                at BIGINT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (session, name, seq)
              );
              """);

  private final Store store;
  private final boolean ownsStore;
  private final Time time;

  private Sessions(Store store, boolean ownsStore, Time time) {
    this.store = store;
    this.ownsStore = ownsStore;
    this.time = time;
    store.migrate(TABLES);
  }

  /** Sessions in one SQLite file, made if it is not there, readable by its owner alone. */
  public static Sessions at(Path file) {
    return owning(Store.sqlite(file));
  }

  /** Sessions in a PostgreSQL database, to be shared by many machines. */
  public static Sessions postgres(DataSource dataSource) {
    return owning(Store.postgres(dataSource));
  }

  /** Sessions that end with the process: for tests and for trying out. */
  public static Sessions inMemory() {
    return owning(Store.inMemory());
  }

  /** Sessions in a store that others use too, and that the caller closes. */
  public static Sessions on(Store store) {
    return on(store, Time.system());
  }

  /** The same, with a clock of one's own. */
  public static Sessions on(Store store, Time time) {
    return new Sessions(store, false, time);
  }

  private static Sessions owning(Store store) {
    try {
      return new Sessions(store, true, Time.system());
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * The session of that name, made durably if there is none.
   *
   * @throws IllegalArgumentException if the name is blank, longer than 200 characters, or has
   *     U+0000 or half of a character in it
   */
  public Session open(String name) {
    Names.check("A session", name);
    Instant now = time.instant();
    store.write(
        sql ->
            sql.execute(
                "INSERT INTO session (name, created_at, touched_at) VALUES (?, ?, ?)"
                    + " ON CONFLICT (name) DO NOTHING",
                name,
                now,
                now));
    return new Session(name, store, time);
  }

  /** The session of that name, if there is one. */
  public Optional<Session> find(String name) {
    return store
        .read(
            sql ->
                sql.first("SELECT name FROM session WHERE name = ?", r -> r.string("name"), name))
        .map(found -> new Session(found, store, time));
  }

  /** All sessions, the one used last first. */
  public List<SessionInfo> list() {
    return store.read(
        sql ->
            sql.query(
                "SELECT name, created_at, touched_at FROM session ORDER BY touched_at DESC, name",
                r ->
                    new SessionInfo(
                        r.string("name"), r.instant("created_at"), r.instant("touched_at"))));
  }

  /** Removes a session and all that is in it; false when there was none. */
  public boolean delete(String name) {
    return store.write(
        sql -> {
          sql.execute("DELETE FROM session_value WHERE session = ?", name);
          sql.execute("DELETE FROM session_log WHERE session = ?", name);
          return sql.execute("DELETE FROM session WHERE name = ?", name) > 0;
        });
  }

  /** Where the sessions lie, for messages. */
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    if (ownsStore) {
      store.close();
    }
  }
}
