package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.session.HistoryWindow;
import ai.powertools.session.Sessions;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sessions in a file, opened by a command. */
final class SessionsFile implements AutoCloseable {
  private final Store store;
  private final Sessions sessions;

  private SessionsFile(Store store, Sessions sessions) {
    this.store = store;
    this.sessions = sessions;
  }

  /**
   * Opens those that are there; makes no file.
   *
   * @param history how far back a sweep leaves what was replaced
   * @throws ConfigurationException if there are none, or they can't be read
   */
  static SessionsFile open(Path file, Time time, HistoryWindow history) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "There are no sessions at %s yet: the first ask or run begins them. Name another file with --store or --home."
              .formatted(file));
    }
    return opened(file, time, history, true);
  }

  /** Opens them, in a new file if there is none. */
  static SessionsFile openOrMake(Path file, Time time) {
    return opened(file, time, HistoryWindow.FOREVER, false);
  }

  private static SessionsFile opened(
      Path file, Time time, HistoryWindow history, boolean mustBeThere) {
    try {
      Store store = Store.sqlite(file);
      try {
        if (mustBeThere && !holdsSessions(store)) {
          throw new ConfigurationException(
              "%s is a database without sessions. Name another file with --store or --home."
                  .formatted(file));
        }
        return new SessionsFile(
            store, Sessions.builder().on(store).time(time).history(history).open());
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (StoreException e) {
      throw new ConfigurationException(
          "The sessions can't be opened. %s Name another file with --store or --home."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static boolean holdsSessions(Store store) {
    return store
        .read(
            sql ->
                sql.first(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
                    row -> row.string("name"),
                    "session_head"))
        .isPresent();
  }

  Sessions sessions() {
    return sessions;
  }

  @Override
  public void close() {
    sessions.close();
    store.close();
  }
}
