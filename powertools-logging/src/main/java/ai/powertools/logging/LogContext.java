package ai.powertools.logging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What everything logged by this thread is about: a trace id, a user, a job. Kept in SLF4J's MDC,
 * so that every backend that has one, and every logger, sees it.
 *
 * <p>It belongs to the thread. {@link #capture()} takes it along to others.
 */
public final class LogContext {
  private static final ThreadLocal<@Nullable Scope> INNERMOST = new ThreadLocal<>();

  private LogContext() {}

  /**
   * Puts a value into the context until the scope is closed.
   *
   * @param value kept as its {@code toString()}; null hides what an outer scope put there
   */
  public static Scope with(String key, @Nullable Object value) {
    Scope scope = new Scope(INNERMOST.get());
    scope.put(key, value);
    INNERMOST.set(scope);
    return scope;
  }

  /** What is in the context now: a copy that can't be changed. */
  public static Map<String, String> current() {
    Map<String, String> copy = MDC.getCopyOfContextMap();
    return copy == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(copy));
  }

  /** Takes what is in the context now, to be brought to other threads. */
  public static Captured capture() {
    return new Captured(current());
  }

  /**
   * An executor whose every task runs in the context of the thread that handed it over, as it was
   * at that moment.
   */
  public static Executor propagating(Executor executor) {
    return task -> executor.execute(capture().wrap(task));
  }

  /**
   * Values that are in the context until {@link #close()}, which brings back what they hid. Closing
   * a scope also closes those that were opened inside it and are still open; closing twice is
   * harmless. For the thread that opened it.
   */
  public static final class Scope implements AutoCloseable {
    private final Thread owner = Thread.currentThread();
    private final @Nullable Scope outer;
    private final List<Hidden> hidden = new ArrayList<>(4);
    private boolean closed;

    private Scope(@Nullable Scope outer) {
      this.outer = outer;
    }

    private record Hidden(String key, @Nullable String value) {}

    /**
     * Puts one more value into the same scope.
     *
     * @throws IllegalStateException if the scope is closed or belongs to another thread
     */
    public Scope and(String key, @Nullable Object value) {
      checkOwner();
      if (closed) {
        throw new IllegalStateException(
            "The scope for \"" + key + "\" is closed. Open a new one with LogContext.with().");
      }
      put(key, value);
      return this;
    }

    /**
     * @throws IllegalStateException if it belongs to another thread
     */
    @Override
    public void close() {
      if (closed) {
        return;
      }
      checkOwner();
      if (!isOpenHere()) {
        closed = true; // the task it was opened in has ended, and its context with it
        return;
      }
      Scope scope = INNERMOST.get();
      while (scope != null && !closed) {
        scope.restore();
        scope = scope.outer;
      }
      setInnermost(scope);
    }

    private void put(String key, @Nullable Object value) {
      String text = value == null ? null : value.toString();
      hidden.add(new Hidden(key, MDC.get(key)));
      set(key, text);
    }

    private void restore() {
      for (int i = hidden.size() - 1; i >= 0; i--) {
        set(hidden.get(i).key(), hidden.get(i).value());
      }
      closed = true;
    }

    private boolean isOpenHere() {
      Scope scope = INNERMOST.get();
      while (scope != null && scope != this) {
        scope = scope.outer;
      }
      return scope == this;
    }

    private void checkOwner() {
      if (Thread.currentThread() != owner) {
        throw new IllegalStateException(
            "This scope belongs to thread \""
                + owner.getName()
                + "\", not to \""
                + Thread.currentThread().getName()
                + "\". Take the context along with LogContext.capture().");
      }
    }

    private static void set(String key, @Nullable String value) {
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    }
  }

  /**
   * The context of one moment, for other threads. What is wrapped runs in exactly this context; the
   * thread's own is put aside meanwhile and is back afterwards, whatever the task did. Immutable.
   */
  public static final class Captured {
    private final Map<String, String> values;

    private Captured(Map<String, String> values) {
      this.values = values;
    }

    /** What was in the context. */
    public Map<String, String> values() {
      return values;
    }

    /** A task that runs in this context. */
    public Runnable wrap(Runnable task) {
      return () -> {
        Visit visit = new Visit(values);
        try {
          task.run();
        } finally {
          visit.end();
        }
      };
    }

    /** A task with a result that runs in this context. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
      return () -> {
        Visit visit = new Visit(values);
        try {
          return task.call();
        } finally {
          visit.end();
        }
      };
    }

    /** A supplier that runs in this context; a name of its own, or no lambda would know which. */
    public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
      return () -> {
        Visit visit = new Visit(values);
        try {
          return supplier.get();
        } finally {
          visit.end();
        }
      };
    }

    /** An executor whose every task runs in this context: for the stages of one future. */
    public Executor wrap(Executor executor) {
      return task -> executor.execute(wrap(task));
    }
  }

  /** A task in the context it was captured in. */
  private static final class Visit {
    private final Map<String, String> before = current();
    private final @Nullable Scope scopeBefore = INNERMOST.get();

    Visit(Map<String, String> values) {
      replace(values);
      INNERMOST.remove();
    }

    void end() {
      replace(before);
      setInnermost(scopeBefore);
    }

    private static void replace(Map<String, String> values) {
      if (values.isEmpty()) {
        MDC.clear();
      } else {
        MDC.setContextMap(values);
      }
    }
  }

  private static void setInnermost(@Nullable Scope scope) {
    if (scope == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(scope);
    }
  }
}
