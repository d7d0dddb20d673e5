package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is told of what. */
class ListenerTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final List<RetryEvent> retries = new ArrayList<>();
  private final List<RetryEnd> ends = new ArrayList<>();
  private final Told told = new Told();

  private final RetryListener listener =
      new RetryListener() {
        @Override
        public void onRetry(RetryEvent event) {
          retries.add(event);
        }

        @Override
        public void onEnd(RetryEnd end) {
          ends.add(end);
        }
      };

  private RetryBuilder builder() {
    return Retry.builder()
        .time(clock)
        .maxAttempts(2)
        .fixed(Duration.ofSeconds(1))
        .noJitter()
        .listener(listener);
  }

  private ErrorHandler handler() {
    return ErrorHandler.builder().retry(builder().build()).listener(told).deadLetters(told).build();
  }

  private static CallOptions options() {
    return CallOptions.of("openai").input("summarize", "{}");
  }

  private static AttemptCall<String> failing(Throwable... errors) {
    Flaky work = Flaky.failingWith(errors);
    return attempt -> work.call();
  }

  @Test
  void ofEveryRetryBeforeItsWaitAndOfTheEnd() {
    Busy busy = new Busy();
    builder().build().call(Flaky.failingWith(busy));

    assertThat(retries)
        .containsExactly(
            new RetryEvent(
                1, busy, Verdict.transientError(), Duration.ofSeconds(1), Duration.ZERO));
    assertThat(ends)
        .containsExactly(
            new RetryEnd(2, Optional.empty(), Optional.empty(), Duration.ofSeconds(1)));
  }

  @Test
  void ofTheEndOfCallsThatFail() {
    IllegalStateException bug = new IllegalStateException("bug");
    assertThat(catchThrowable(() -> builder().build().call(Flaky.failingWith(bug)))).isSameAs(bug);
    Throwable exhausted =
        catchThrowable(() -> builder().build().call(Flaky.failingWith(new Busy(), new Busy())));
    Throwable interrupted =
        catchThrowable(() -> builder().build().call(Flaky.failingWith(new InterruptedException())));
    Thread.interrupted();

    assertThat(ends)
        .containsExactly(
            new RetryEnd(1, Optional.of(bug), Optional.of(ErrorKind.UNKNOWN), Duration.ZERO),
            new RetryEnd(
                2, Optional.of(exhausted), Optional.of(ErrorKind.TRANSIENT), Duration.ofSeconds(1)),
            new RetryEnd(
                1, Optional.of(interrupted), Optional.of(ErrorKind.CANCELLED), Duration.ZERO));
  }

  @Test
  void ofTheEndOfFuturesToo() {
    Busy busy = new Busy();
    var answered = builder().build().callAsync(Flaky.failingWith(busy)::callAsync);
    clock.advance(Duration.ofSeconds(1));
    var failed = builder().maxAttempts(1).build().callAsync(Flaky.failingWith(busy)::callAsync);
    builder().build().callAsync(CompletableFuture<String>::new).cancel(true);

    assertThat(answered).isCompletedWithValue("answer");
    assertThat(failed).isCompletedExceptionally();
    assertThat(ends).extracting(RetryEnd::attempts).containsExactly(2, 1, 1);
    assertThat(ends)
        .extracting(RetryEnd::kind)
        .containsExactly(
            Optional.empty(), Optional.of(ErrorKind.TRANSIENT), Optional.of(ErrorKind.CANCELLED));
  }

  @Test
  void aListenerIsAFunctionOfRetriesIfItWantsNoMore() {
    List<Integer> numbers = new ArrayList<>();
    Retry retry = builder().listener(event -> numbers.add(event.attempt())).build();
    retry.call(Flaky.failingWith(new Busy()));
    assertThat(numbers).containsExactly(1);
  }

  @Test
  void ofCallsThatHadFailedAttemptsByTheirOutcome() {
    Busy busy = new Busy();
    handler().call(options(), failing());
    assertThat(told.calls).isEmpty();

    handler().call(options(), failing(busy));
    assertThat(catchThrowable(() -> handler().call(options(), failing(busy, busy)))).isNotNull();
    handler().<String>fallback(e -> "fallback").call(options(), failing(busy, busy));

    assertThat(told.outcomes())
        .containsExactly(Outcome.RECOVERED, Outcome.FAILED, Outcome.DEGRADED);
    assertThat(told.calls).extracting(FailedCall::key).containsOnly("openai");
    assertThat(told.calls.get(0).failure().error()).isSameAs(busy);
    assertThat(told.calls.get(0).failure().attempts()).hasSize(1);
    assertThat(told.calls.get(1).failure().error()).isInstanceOf(AttemptsExhaustedException.class);
    assertThat(told.calls.get(2).failure().attempts()).hasSize(2);
  }

  @Test
  void ofFuturesByTheirOutcomeToo() {
    Busy busy = new Busy();
    Flaky once = Flaky.failingWith(busy);
    Flaky twice = Flaky.failingWith(busy, busy);
    Flaky thrice = Flaky.failingWith(busy, busy);
    var recovered = handler().callAsync(options(), attempt -> once.callAsync());
    clock.advance(Duration.ofSeconds(1));
    var failed = handler().callAsync(options(), attempt -> twice.callAsync());
    clock.advance(Duration.ofSeconds(1));
    var degraded =
        handler().<String>fallback(e -> "b").callAsync(options(), attempt -> thrice.callAsync());
    clock.advance(Duration.ofSeconds(1));

    assertThat(List.of(recovered, failed, degraded)).allMatch(CompletableFuture::isDone);
    assertThat(told.outcomes())
        .containsExactly(Outcome.RECOVERED, Outcome.FAILED, Outcome.DEGRADED);
    assertThat(told.letters).hasSize(1);
  }

  @Test
  void aLastResultThatNobodyWantedIsNoRecovery() {
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(
                builder().retryOnResult(String.class, String::isEmpty).returnLastResult().build())
            .listener(told)
            .deadLetters(told)
            .build();
    String last = handler.call(options(), attempt -> "");
    assertThat(last).isEmpty();
    assertThat(told.outcomes()).containsExactly(Outcome.DEGRADED);
    assertThat(told.letters).isEmpty();
  }

  @Test
  void whatFailsForGoodIsKeptOnceWithItsInput() {
    CallResult<String> result = handler().run(options(), failing(new Busy(), new Busy()));
    assertThat(result.answered()).isFalse();
    assertThat(told.letters)
        .containsExactly(
            new Told.Letter(
                "openai",
                new CallOptions.Input("summarize", "{}"),
                result.failure().orElseThrow()));
    assertThat(told.outcomes()).containsExactly(Outcome.FAILED);
  }

  @Test
  void withoutAnInputNothingIsKept() {
    assertThat(catchThrowable(() -> handler().call(Flaky.failingWith(new Busy(), new Busy()))))
        .isNotNull();
    assertThat(told.letters).isEmpty();
    assertThat(told.outcomes()).containsExactly(Outcome.FAILED);
  }

  @Test
  void whatAFallbackAnswersIsNotKept() {
    handler().<String>fallback(e -> "b").call(options(), failing(new Busy(), new Busy()));
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aBoxThatFailsIsSuppressedInTheCallsOwnError() {
    Busy busy = new Busy();
    IllegalStateException full = new IllegalStateException("the disk is full");
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(Retry.none())
            .listener(told)
            .deadLetters(
                (key, input, failure) -> {
                  throw full;
                })
            .build();
    assertThatThrownBy(() -> handler.call(options(), failing(busy)))
        .isSameAs(busy)
        .hasSuppressedException(full);
    assertThat(told.outcomes()).containsExactly(Outcome.FAILED);
  }

  @Test
  void aBoxThatThrowsTheErrorItselfIsNotSuppressedInIt() {
    Busy busy = new Busy();
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(Retry.none())
            .deadLetters(
                (key, input, failure) -> {
                  throw busy;
                })
            .build();
    assertThatThrownBy(() -> handler.call(options(), failing(busy)))
        .isSameAs(busy)
        .hasNoSuppressedExceptions();
  }

  @Test
  void whatListenersThrowGoesToTheThreadsHandler() {
    IllegalStateException broken = new IllegalStateException("broken");
    List<Throwable> uncaught = new ArrayList<>();
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(
                builder()
                    .listener(
                        event -> {
                          throw broken;
                        })
                    .build())
            .listener(
                call -> {
                  throw broken;
                })
            .listener(told)
            .build();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, error) -> uncaught.add(error));
    try {
      assertThat(handler.call(Flaky.failingWith(new Busy()))).isEqualTo("answer");
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).containsExactly(broken, broken);
    assertThat(told.outcomes()).containsExactly(Outcome.RECOVERED);
  }
}
