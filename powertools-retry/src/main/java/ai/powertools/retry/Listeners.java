package ai.powertools.retry;

/** Tells somebody who must not be able to harm the call. */
final class Listeners {
  private Listeners() {}

  /** What it throws goes to the uncaught exception handler of this thread. */
  static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (Throwable broken) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
    }
  }
}
