package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one thread wants to write, on its way.
 *
 * @param <T> what it gives
 */
final class Task<T> {
  private final Function<SessionRows, T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private @Nullable T value;
  private @Nullable Throwable failure;
  private boolean wantsMore;

  Task(Function<SessionRows, T> work) {
    this.work = work;
  }

  CompletableFuture<T> result() {
    return result;
  }

  /** Takes it back; false when it has begun. */
  boolean withdraw() {
    return taken.compareAndSet(false, true);
  }

  /** Takes it for running; false when it was withdrawn. */
  boolean begin() {
    return taken.compareAndSet(false, true);
  }

  /** Whether it asked for rows that only the database can find. */
  boolean wantsMore() {
    return wantsMore;
  }

  /** Runs it together with others, again if need be. */
  void run(CombinedRows rows) {
    value = null;
    failure = null;
    rows.begin();
    try {
      value = work.apply(rows);
    } catch (Throwable e) {
      failure = e;
    }
    wantsMore = rows.end(failure == null);
  }

  /** Runs it in a transaction of its own, which what it throws takes back. */
  void runOn(SessionRows rows) {
    failure = null;
    value = work.apply(rows);
  }

  @SuppressWarnings("NullAway") // T itself says whether its value may be null
  void tell() {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      result.complete(value);
    }
  }

  void fail(Throwable why) {
    failure = why;
    result.completeExceptionally(why);
  }

  /** What to throw to the caller; errors are thrown here. */
  RuntimeException failure() {
    if (failure instanceof RuntimeException e) {
      return e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return new CompletionException(failure);
  }
}
