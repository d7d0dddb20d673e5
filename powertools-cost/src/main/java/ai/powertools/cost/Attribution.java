package ai.powertools.cost;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who and what the calls of this thread are for, without handing it through every method between.
 *
 * <pre>{@code
 * try (Attribution.Scope scope = Attribution.with("team", "search").and("user", "ada")) {
 *   answer(question); // whatever it calls is for team=search user=ada
 * }
 * }</pre>
 *
 * <p>It belongs to the thread. {@link #capture()}, {@link #propagating(ExecutorService)} and {@link
 * #threads} take it along to others.
 */
public final class Attribution {
  private static final ThreadLocal<@Nullable Scope> INNERMOST = new ThreadLocal<>();

  private Attribution() {}

  /**
   * Adds an attribute until the scope is closed; it hides one of the same name.
   *
   * @throws IllegalArgumentException as {@link Attributes#with(String, String)} does
   */
  public static Scope with(String name, String value) {
    return open(current().with(name, value));
  }

  /** Adds all of these until the scope is closed; they hide those of the same names. */
  public static Scope with(Attributes attributes) {
    return open(current().with(attributes));
  }

  /** What this thread's calls are for now; {@link Attributes#NONE} outside of every scope. */
  public static Attributes current() {
    Scope innermost = INNERMOST.get();
    return innermost == null ? Attributes.NONE : innermost.attributes;
  }

  /** Takes what is current now, to be brought to other threads. */
  public static Captured capture() {
    return new Captured(current());
  }

  /**
   * An executor whose every task runs with what was current in the thread that handed it over, at
   * that moment. A later stage of a {@code CompletableFuture} is handed over by the thread that
   * ends the one before; for all stages of one future there is {@link Captured#wrap(Executor)}.
   */
  public static Executor propagating(Executor executor) {
    return task -> executor.execute(capture().wrap(task));
  }

  /**
   * An executor service whose every task, however it is submitted, runs with what was current in
   * the thread that handed it over, at that moment. Shutting it down shuts down the one behind it.
   */
  public static ExecutorService propagating(ExecutorService executor) {
    return new AttributedExecutor(executor);
  }

  /**
   * A factory whose every thread starts with what was current when the thread was made. For threads
   * that are started for one task: those of a pool would keep it for all tasks to come.
   */
  public static ThreadFactory threads(ThreadFactory factory) {
    return task -> factory.newThread(capture().wrap(task));
  }

  private static Scope open(Attributes attributes) {
    Scope scope = new Scope(INNERMOST.get(), attributes);
    INNERMOST.set(scope);
    return scope;
  }

  private static void setInnermost(@Nullable Scope scope) {
    if (scope == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(scope);
    }
  }

  /**
   * Attributes that are current until {@link #close()}, which brings back what they hid. Closing a
   * scope also closes those that were opened inside it and are still open; closing twice is
   * harmless. For the thread that opened it.
   */
  public static final class Scope implements AutoCloseable {
    private final Thread owner = Thread.currentThread();
    private final @Nullable Scope outer;
    private Attributes attributes;
    private boolean closed;

    private Scope(@Nullable Scope outer, Attributes attributes) {
      this.outer = outer;
      this.attributes = attributes;
    }

    /** Runs a task and closes the scope, whatever the task did. */
    public void run(Runnable task) {
      try {
        task.run();
      } finally {
        close();
      }
    }

    /** Runs a task with a result and closes the scope, whatever the task did. */
    public <T extends @Nullable Object> T get(Supplier<T> task) {
      try {
        return task.get();
      } finally {
        close();
      }
    }

    /**
     * Adds one more to the same scope.
     *
     * @throws IllegalStateException if the scope is closed, belongs to another thread, or has
     *     another one open inside it
     * @throws IllegalArgumentException as {@link Attributes#with(String, String)} does
     */
    public Scope and(String name, String value) {
      checkOwner();
      if (INNERMOST.get() != this) {
        throw new IllegalStateException(
            "The scope for \"%s\" %s. Open a new one with Attribution.with()."
                .formatted(name, closed ? "is closed" : "is not the innermost one"));
      }
      attributes = attributes.with(name, value);
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
        closed = true; // the task it was opened in has ended, and its attributes with it
        return;
      }
      Scope scope = INNERMOST.get();
      while (scope != null && !closed) {
        scope.closed = true;
        scope = scope.outer;
      }
      setInnermost(scope);
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
            "This scope belongs to thread \"%s\", not to \"%s\". Take the attributes along with"
                    .formatted(owner.getName(), Thread.currentThread().getName())
                + " Attribution.capture().");
      }
    }
  }

  /**
   * What was current at one moment, for other threads. What is wrapped runs with exactly this; the
   * thread's own is put aside meanwhile and is back afterwards, whatever the task did. Immutable.
   */
  public static final class Captured {
    private final Attributes attributes;

    private Captured(Attributes attributes) {
      this.attributes = attributes;
    }

    /** What was current. */
    public Attributes attributes() {
      return attributes;
    }

    /** A task that runs with this. */
    public Runnable wrap(Runnable task) {
      return () -> {
        Scope before = enter();
        try {
          task.run();
        } finally {
          setInnermost(before);
        }
      };
    }

    /** A task with a result that runs with this. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
      return () -> {
        Scope before = enter();
        try {
          return task.call();
        } finally {
          setInnermost(before);
        }
      };
    }

    /** A supplier that runs with this; a name of its own, or no lambda would know which. */
    public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
      return () -> {
        Scope before = enter();
        try {
          return supplier.get();
        } finally {
          setInnermost(before);
        }
      };
    }

    /** An executor whose every task runs with this: for the stages of one future. */
    public Executor wrap(Executor executor) {
      return task -> executor.execute(wrap(task));
    }

    private @Nullable Scope enter() {
      Scope before = INNERMOST.get();
      setInnermost(attributes.isEmpty() ? null : new Scope(null, attributes));
      return before;
    }
  }
}
