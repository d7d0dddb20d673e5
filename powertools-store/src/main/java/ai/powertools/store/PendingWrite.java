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
  private final Work<T> work;
  private final WriteMode mode;
  private final boolean migration;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private @Nullable T value;
  private @Nullable Throwable failure;

  private PendingWrite(WriteMode mode, Work<T> work, boolean migration) {
    this.mode = mode;
    this.work = work;
    this.migration = migration;
  }

  /** {@link Transaction}, with what only this package may do. */
  interface Work<T> {
    T run(JdbcSql sql);
  }

  /** A transaction that may share its commit with others. */
  static <T> PendingWrite<T> of(Work<T> work) {
    return of(WriteMode.DURABLE, work);
  }

  /** The same in another mode. */
  static <T> PendingWrite<T> of(WriteMode mode, Work<T> work) {
    return new PendingWrite<>(mode, work, false);
  }

  /** A migration, which commits alone. */
  static <T> PendingWrite<T> migration(Work<T> work) {
    return new PendingWrite<>(WriteMode.DURABLE, work, true);
  }

  boolean isMigration() {
    return migration;
  }

  WriteMode mode() {
    return mode;
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
  void run(JdbcSql sql) {
    value = null;
    failure = null;
    try {
      value = work.run(sql);
      failure = sql.failure(); // caught by the work or not, a statement that failed keeps nothing
    } catch (Throwable e) {
      failure = e;
    } finally {
      sql.end();
    }
  }

  /**
   * Why nothing of it is to be kept; null when it went well. For others than the writing thread
   * once the result is there, whose own exception may be another: it unwraps some.
   */
  @Nullable Throwable failure() {
    return failure;
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
    failure = why;
    result.completeExceptionally(why);
  }
}
