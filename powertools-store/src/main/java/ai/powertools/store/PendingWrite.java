package ai.powertools.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on its way through the writer.
 *
 * @param <T> what it gives
 */
final class PendingWrite<T> {
  private final Transaction<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private @Nullable T value;
  private @Nullable Throwable failure;

  PendingWrite(Transaction<T> work) {
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

  /** Runs the work, again if need be, keeping for later what it gives or throws. */
  void run(Sql sql) {
    value = null;
    failure = null;
    try {
      value = work.run(sql);
    } catch (Throwable e) {
      failure = e;
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** Tells the caller, once what the work wrote is durable or was rolled back. */
  @SuppressWarnings("NullAway") // T itself says whether its value may be null
  void tell() {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      result.complete(value);
    }
  }

  /** Tells the caller that nothing was kept. */
  void fail(Throwable why) {
    result.completeExceptionally(why);
  }
}
