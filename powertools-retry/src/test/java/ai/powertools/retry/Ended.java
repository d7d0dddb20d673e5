package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;

/** Looks into futures that must have ended by now. */
final class Ended {
  private Ended() {}

  /** What the future failed with, unwrapped as whoever hears of it first sees it. */
  static Throwable errorOf(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    return future.handle((value, error) -> error).join();
  }
}
