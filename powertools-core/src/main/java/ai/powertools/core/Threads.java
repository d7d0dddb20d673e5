package ai.powertools.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * Where threads come from: virtual ones on Java 21 and later, daemon platform threads before. The
 * choice is made by the multi-release jar, once; code that uses this class needs no other.
 */
public final class Threads {
  private Threads() {}

  /** Whether {@link #factory} makes virtual threads here. */
  public static boolean areVirtual() {
    return ThreadFlavor.virtual();
  }

  /**
   * A factory whose threads are named {@code name-0}, {@code name-1}, … and never keep the JVM from
   * ending.
   */
  public static ThreadFactory factory(String name) {
    return ThreadFlavor.factory(name);
  }

  /**
   * An executor that starts each task at once on a thread of its own, however many there are: on
   * 21+ a new virtual thread, before that a cached platform thread. Bound the work, not the pool.
   * The caller shuts it down.
   */
  public static ExecutorService perTask(String name) {
    return ThreadFlavor.perTask(factory(name));
  }
}
