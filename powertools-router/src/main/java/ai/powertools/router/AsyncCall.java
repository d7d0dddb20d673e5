package ai.powertools.router;

import ai.powertools.core.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, which ends when its future is cancelled. */
final class AsyncCall<T> extends CompletableFuture<T> {
  private static final ExecutorService THREADS = Threads.perTask("powertools-router");

  private volatile @Nullable Future<?> running;

  private AsyncCall() {}

  static <T> CompletableFuture<T> start(Supplier<T> call) {
    AsyncCall<T> future = new AsyncCall<>();
    future.running = THREADS.submit(() -> future.run(call));
    if (future.isCancelled()) {
      future.interrupt(); // it was called off before it was known here
    }
    return future;
  }

  private void run(Supplier<T> call) {
    try {
      complete(call.get());
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      interrupt();
    }
    return cancelled;
  }

  private void interrupt() {
    Future<?> task = running;
    if (task != null) {
      task.cancel(true);
    }
  }
}
