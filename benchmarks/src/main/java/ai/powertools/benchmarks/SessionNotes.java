package ai.powertools.benchmarks;

import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import java.nio.file.Path;

/** Ours: values of one session. */
final class SessionNotes implements Notes {
  private final Sessions sessions;
  private final Session session;

  private SessionNotes(Sessions sessions) {
    this.sessions = sessions;
    this.session = sessions.open("notes");
  }

  /** In a new file. */
  static SessionNotes at(Path file) {
    return new SessionNotes(Sessions.at(file));
  }

  @Override
  public Note get(int number) {
    return session.get("note-" + number, Note.class);
  }

  @Override
  public void put(int number, Note note) {
    session.set("note-" + number, note);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
