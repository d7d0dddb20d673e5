package ai.powertools.session;

/** Is told of changes, after they are durable. */
@FunctionalInterface
public interface SessionListener {
  /**
   * Something changed. Called on the thread that wrote it, which waits; what it throws is logged
   * and goes no further.
   */
  void changed(SessionChange change);
}
