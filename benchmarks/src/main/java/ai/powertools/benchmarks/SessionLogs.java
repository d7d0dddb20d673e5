package ai.powertools.benchmarks;

import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import java.util.ArrayList;
import java.util.List;

/** Ours: each thread appends to a log of a session of its own. */
final class SessionLogs implements DurableWrites {
  private final Sessions sessions;
  private final List<Session> each = new ArrayList<>();

  /**
   * @param sessions an empty place, closed with this
   */
  SessionLogs(Sessions sessions, int threads) {
    this.sessions = sessions;
    for (int i = 0; i < threads; i++) {
      each.add(sessions.open("thread-" + i));
    }
  }

  @Override
  public void write(int thread, int key, String value) {
    each.get(thread).append("log", value);
  }

  @Override
  public String last(int thread, int key) {
    return each.get(thread).tail("log", 1, String.class).get(0);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
