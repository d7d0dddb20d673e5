package ai.powertools.ratelimit;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that begins when there is a permit for it, and holds the permit until it has ended. */
final class LimitedCall<T> {
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final CompletableFuture<Permit> permission;
  private final Supplier<? extends CompletionStage<T>> call;
  private final AtomicReference<@Nullable CompletionStage<T>> running = new AtomicReference<>();

  LimitedCall(CompletableFuture<Permit> permission, Supplier<? extends CompletionStage<T>> call) {
    this.permission = permission;
    this.call = call;
  }

  CompletableFuture<T> start() {
    var unused = result.whenComplete((value, failure) -> stop());
    var unusedToo = permission.whenComplete(this::begin);
    return result;
  }

  private void begin(@Nullable Permit permit, @Nullable Throwable failure) {
    if (permit == null) {
      result.completeExceptionally(
          failure == null ? new IllegalStateException("neither a permit nor a failure") : failure);
    } else if (result.isDone()) {
      permit.cancel(); // cancelled meanwhile: nothing is sent
    } else {
      run(permit);
    }
  }

  private void run(Permit permit) {
    CompletionStage<T> stage;
    try {
      stage = requireNonNull(call.get(), "The call gave null in place of a future.");
    } catch (RuntimeException | Error e) {
      permit.close(Outcome.UNRELATED);
      result.completeExceptionally(e);
      return;
    }
    running.set(stage);
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              permit.close(failure == null ? Outcome.SUCCESS : Outcome.UNRELATED);
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(failure);
              }
            });
    stop(); // in case it was cancelled just now
  }

  /** Passes a cancellation on to whatever is going on. */
  private void stop() {
    if (result.isCancelled()) {
      permission.cancel(false);
      CompletionStage<T> stage = running.get();
      if (stage != null) {
        stage.toCompletableFuture().cancel(true);
      }
    }
  }
}
