package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Cancelled calls are no failures: nobody is told, nothing is kept. And what the handler itself
 * cuts short, with the same interrupts and cancelled futures, is not a cancelled call.
 */
class NotCancelledTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final VirtualClock clock = VirtualClock.create();
  private final Told told = new Told();
  private final ErrorHandler handler =
      ErrorHandler.builder()
          .retry(Retry.builder().time(clock).maxAttempts(1).build())
          .timeout(LIMIT)
          .listener(told)
          .deadLetters(told)
          .build();
  private final FallbackHandler<String> careful = handler.fallback(e -> "fallback");

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private static CallOptions options() {
    return CallOptions.none().input("order", "{}");
  }

  @Test
  void nobodyIsToldOfCancelledCalls() {
    for (Throwable error :
        List.of(
            new CancelledException("stop", null),
            new CancellationException("stop"),
            new InterruptedException())) {
      Flaky work = Flaky.failingWith(error, error, error, error);
      assertThat(catchThrowable(() -> handler.call(options(), attempt -> work.call()))).isNotNull();
      Thread.interrupted();
      assertThat(catchThrowable(() -> careful.call(options(), attempt -> work.call()))).isNotNull();
      Thread.interrupted();
      assertThat(handler.run(options(), attempt -> work.call()).answered()).isFalse();
      Thread.interrupted();
      assertThat(handler.callAsync(options(), attempt -> work.callAsync()))
          .isCompletedExceptionally();
    }
    handler.callAsync(options(), attempt -> new CompletableFuture<>()).cancel(true);
    careful.callAsync(options(), attempt -> new CompletableFuture<>()).cancel(true);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> careful.call(options(), attempt -> "answer"))
        .isInstanceOf(CancelledException.class);

    assertThat(told.calls).isEmpty();
    assertThat(told.letters).isEmpty();
  }

  @Test
  void whatAClassifierCallsCancelledIsNoFailureEither() {
    ErrorHandler strict =
        ErrorHandler.builder()
            .retry(Retry.builder().retryOn(any -> Verdict.cancelled()).build())
            .listener(told)
            .build();
    Busy busy = new Busy();
    assertThatThrownBy(() -> strict.<String>fallback(e -> "fallback").call(Flaky.failingWith(busy)))
        .isSameAs(busy);
    assertThat(told.calls).isEmpty();
  }

  @Test
  void aBlockedCallThatWasCutShortIsAFailure() {
    AttemptCall<String> work =
        attempt -> {
          clock.advance(LIMIT);
          clock.sleep(Duration.ZERO); // throws if interrupted
          return "never";
        };
    assertThat(careful.call(options(), work)).isEqualTo("fallback");
    assertThatThrownBy(() -> handler.call(options(), work))
        .isInstanceOf(AttemptTimeoutException.class);
    assertThat(told.outcomes()).containsExactly(Outcome.DEGRADED, Outcome.FAILED);
    assertThat(told.letters).hasSize(1);
    assertThat(told.letters.get(0).failure().verdict().kind()).isEqualTo(ErrorKind.TRANSIENT);
  }

  @Test
  void workThatTurnsTheTimeoutsInterruptIntoACancellationIsAFailureToo() {
    assertThat(
            careful.call(
                options(),
                attempt -> {
                  clock.advance(LIMIT);
                  throw CancelledException.interrupted("reading", new InterruptedException());
                }))
        .isEqualTo("fallback");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aFutureThatWasCutShortIsAFailure() {
    CompletableFuture<String> answer =
        careful.callAsync(options(), attempt -> new CompletableFuture<>());
    CompletableFuture<String> failed =
        handler.callAsync(options(), attempt -> new CompletableFuture<>());
    clock.advance(LIMIT);
    assertThat(answer).isCompletedWithValue("fallback");
    assertThat(failed).isCompletedExceptionally();
    assertThat(told.letters).hasSize(1);
  }
}
