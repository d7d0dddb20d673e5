package ai.powertools.benchmarks;

import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import java.util.ArrayList;
import java.util.List;

/** Ours: each thread sets values of a session of its own. */
final class SessionValues implements DurableWrites {
  private final Sessions sessions;
  private final List<Session> each = new ArrayList<>();
  private final Runnable closing;

  /**
   * @param sessions an empty place, closed with this
   * @param closing what else is to be closed, after it
   */
  SessionValues(Sessions sessions, int threads, Runnable closing) {
    this.sessions = sessions;
    this.closing = closing;
    for (int i = 0; i < threads; i++) {
      each.add(sessions.open("thread-" + i));
    }
  }

  @Override
  public void write(int thread, int key, String value) {
    each.get(thread).set("key-" + key, value);
  }

  @Override
  public String last(int thread, int key) {
    return each.get(thread).get("key-" + key, String.class);
  }

  @Override
  public void close() {
    sessions.close();
    closing.run();
  }
}
