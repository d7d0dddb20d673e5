package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration MOST = Duration.ofMillis(500);

  private final VirtualClock clock = VirtualClock.create();
  private final Patience patience = new Patience("a server", MOST, clock);
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final List<String> late = new ArrayList<>();
  private final CompletableFuture<String> asked = patience.with("take", ready, answer, late::add);

  private void assertFailed(String message) {
    assertThat(asked)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(SharedLimitsException.class)
        .withMessageContaining(message);
  }

  @Test
  void theTimeToConnectIsNoneOfAnAnswer() {
    clock.advance(Duration.ofSeconds(5));
    ready.complete(null);
    clock.advance(MOST.minusMillis(1));
    answer.complete("granted");
    assertThat(asked).isCompletedWithValue("granted");
    clock.advance(MOST);
    assertThat(late).isEmpty();
  }

  @Test
  void whatComesTooLateOnceItIsConnectedIsUndone() {
    clock.advance(Duration.ofSeconds(5));
    ready.complete(null);
    clock.advance(MOST);
    assertFailed("Could not take by a server: no answer in time");
    answer.complete("granted");
    assertThat(late).containsExactly("granted");
  }

  @Test
  void whoCannotConnectIsToldAtOnce() {
    ready.completeExceptionally(new IllegalStateException("away"));
    answer.completeExceptionally(new IllegalStateException("away"));
    assertFailed("Could not take by a server");
    clock.advance(MOST);
    assertThat(late).isEmpty();
  }
}
