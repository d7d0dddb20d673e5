package ai.powertools.retry;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What {@link CompletableFuture} does not do by itself. */
final class Futures {
  private Futures() {}

  /** The outer future ends as the inner does; if it ends in another way, the inner is cancelled. */
  static <T extends @Nullable Object> void link(
      CompletableFuture<T> inner, CompletableFuture<T> outer) {
    var unused =
        inner.whenComplete(
            (value, error) -> {
              if (error == null) {
                outer.complete(value);
              } else {
                outer.completeExceptionally(Causes.unwrap(error));
              }
            });
    cancelWith(outer, inner);
  }

  /** When the outer future ends and the inner has not, the inner is cancelled. */
  static void cancelWith(CompletableFuture<?> outer, CompletableFuture<?> inner) {
    var unused = outer.whenComplete((value, error) -> inner.cancel(true));
  }
}
