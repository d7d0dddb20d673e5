package ai.powertools.retry;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A provider that does one thing after the other and, as many do, goes on with what nobody waits
 * for any more. While it is down its line stands; a line that is full turns callers away. So
 * whoever comes more often than it can serve keeps it from ever answering in time.
 */
final class CrowdedProvider implements Supplier<CompletionStage<String>> {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int PER_SECOND = 250;
  private static final int PLACES = 660; // more than the patience of those in front of it

  private final VirtualClock clock;
  private final Deque<CompletableFuture<String>> line = new ArrayDeque<>();
  private boolean busy;

  CrowdedProvider(VirtualClock clock) {
    this.clock = clock;
    clock.after(Storm.UP_AGAIN, this::serve);
  }

  @Override
  public CompletionStage<String> get() {
    if (line.size() >= PLACES) {
      return CompletableFuture.failedFuture(new Busy());
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    line.add(answer);
    clock.after(PATIENCE, () -> answer.completeExceptionally(new Busy()));
    serve();
    return answer;
  }

  private void serve() {
    if (busy || line.isEmpty() || Storm.isDown(clock.elapsed())) {
      return;
    }
    busy = true;
    CompletableFuture<String> next = line.remove();
    clock.after(
        Duration.ofSeconds(1).dividedBy(PER_SECOND),
        () -> {
          busy = false;
          next.complete("answer");
          serve();
        });
  }
}
