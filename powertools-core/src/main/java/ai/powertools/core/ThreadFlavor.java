package ai.powertools.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Platform threads, for Java 17 to 20. {@code src/main/java21} has the variant for later ones. */
final class ThreadFlavor {
  private ThreadFlavor() {}

  /** A method because a constant would be copied into its users, from the base of the jar. */
  static boolean virtual() {
    return false;
  }

  static ThreadFactory factory(String name) {
    AtomicLong number = new AtomicLong();
    return runnable -> {
      Thread thread = new Thread(runnable, name + "-" + number.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    };
  }

  static ExecutorService perTask(ThreadFactory factory) {
    return Executors.newCachedThreadPool(factory);
  }
}
