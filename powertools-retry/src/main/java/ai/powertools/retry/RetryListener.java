package ai.powertools.retry;

/** Hears of every retry before the wait that leads to it. */
@FunctionalInterface
public interface RetryListener {
  /**
   * Called on the thread that made the attempt, or that completed its future; it should be quick.
   * What it throws does not touch the call: it goes to the uncaught exception handler of that
   * thread.
   */
  void onRetry(RetryEvent event);
}
