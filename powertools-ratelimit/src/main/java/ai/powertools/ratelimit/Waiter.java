package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a permit. The gate decides under its lock; the waiter is told afterwards,
 * outside of it, and hands the permit back if nobody is there any more to take it.
 */
final class Waiter {
  final Demand demand;

  /** What it allowed, in nanoseconds, for messages. */
  final long allowed;

  /** When it gives up, on the gate's clock; {@link Long#MAX_VALUE} when it never does. */
  final long deadline;

  final CompletableFuture<Permit> answer = new CompletableFuture<>();
  private final Executor executor;

  // Guarded by the gate's lock until the waiter is told.
  Time.Timer expiry = () -> false;
  private @Nullable Permit permit;
  private @Nullable RateLimitExceededException refusal;

  Waiter(Demand demand, long allowed, long deadline, Executor executor) {
    this.demand = demand;
    this.allowed = allowed;
    this.deadline = deadline;
    this.executor = executor;
  }

  void granted(Permit permit) {
    this.permit = permit;
    expiry.cancel();
  }

  void refused(RateLimitExceededException refusal) {
    this.refusal = refusal;
    expiry.cancel();
  }

  /** Passes the decision on. Not under the gate's lock: other people's code may run here. */
  void tell() {
    try {
      executor.execute(this::complete);
    } catch (RejectedExecutionException e) {
      complete(); // an executor that was shut down must not keep a permit from going back
    }
  }

  private void complete() {
    if (refusal != null) {
      answer.completeExceptionally(refusal);
    } else if (permit != null && !answer.complete(permit)) {
      permit.cancel();
    }
  }
}
