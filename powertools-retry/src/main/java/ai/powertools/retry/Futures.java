package ai.powertools.retry;

import java.util.concurrent.CompletableFuture;

/** What {@link CompletableFuture} does not do by itself. */
final class Futures {
  private Futures() {}

  /** When the outer future ends and the inner has not, the inner is cancelled. */
  static void cancelWith(CompletableFuture<?> outer, CompletableFuture<?> inner) {
    var unused = outer.whenComplete((value, error) -> inner.cancel(true));
  }
}
