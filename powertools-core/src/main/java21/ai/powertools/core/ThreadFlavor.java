package ai.powertools.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads, for Java 21 and later. Compiled by a JDK 17 too, hence the method handles: they
 * are looked up once, and a lookup that fails is a broken JDK, not something to fall back from.
 */
final class ThreadFlavor {
  private static final MethodHandle NAMED_FACTORY;
  private static final MethodHandle PER_TASK;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle ofVirtual =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
      MethodHandle name =
          lookup.findVirtual(
              builder, "name", MethodType.methodType(builder, String.class, long.class));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      // (String, long) -> ofVirtual().name(String, long).factory()
      NAMED_FACTORY =
          MethodHandles.filterReturnValue(MethodHandles.foldArguments(name, ofVirtual), factory);
      PER_TASK =
          lookup.findStatic(
              Executors.class,
              "newThreadPerTaskExecutor",
              MethodType.methodType(ExecutorService.class, ThreadFactory.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private ThreadFlavor() {}

  /** A method because a constant would be copied into its users, from the base of the jar. */
  static boolean virtual() {
    return true;
  }

  static ThreadFactory factory(String name) {
    try {
      return (ThreadFactory) NAMED_FACTORY.invokeExact(name + "-", 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("Thread.ofVirtual() failed", e);
    }
  }

  static ExecutorService perTask(ThreadFactory factory) {
    try {
      return (ExecutorService) PER_TASK.invokeExact(factory);
    } catch (Throwable e) {
      throw new IllegalStateException("Executors.newThreadPerTaskExecutor() failed", e);
    }
  }
}
