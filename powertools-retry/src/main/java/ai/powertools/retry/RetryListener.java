package ai.powertools.retry;

/**
 * Hears of every retry before the wait that leads to it, and, if it wants, of the end of every
 * call.
 *
 * <p>Called on the thread that made the attempt, or that completed its future; it should be quick.
 * What it throws does not touch the call: it goes to the uncaught exception handler of that thread.
 */
@FunctionalInterface
public interface RetryListener {
  /** An attempt failed and another will follow. */
  void onRetry(RetryEvent event);

  /** A call has ended; does nothing unless overridden. */
  default void onEnd(RetryEnd end) {}
}
