package ai.powertools.orchestrator;

import ai.powertools.ratelimit.Priority;

/**
 * How urgent the question is that a thread asks, on its way from the facade to the layers of the
 * call, which see the request only. Until it is closed, by the same thread.
 */
final class Urgency implements AutoCloseable {
  private static final ThreadLocal<Priority> CURRENT =
      ThreadLocal.withInitial(() -> Priority.NORMAL);

  private final Priority before = CURRENT.get();

  private Urgency() {}

  /** From now on the thread asks this question. */
  static Urgency of(Question question) {
    Urgency scope = new Urgency();
    CURRENT.set(question.priority());
    return scope;
  }

  /** That of the question that this thread asks. */
  static Priority current() {
    return CURRENT.get();
  }

  @Override
  public void close() {
    if (before == Priority.NORMAL) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }
}
