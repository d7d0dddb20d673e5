package ai.powertools.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to know of changes. */
final class Listeners {
  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();

  /** Adds one; running the result takes it away. */
  Runnable add(SessionListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener); // one of them, where it was added twice
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  void tell(SessionChange change) {
    for (SessionListener listener : listeners) {
      try {
        listener.changed(change);
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            () -> "A listener of session \"" + change.session() + "\" failed.",
            e);
      }
    }
  }
}
