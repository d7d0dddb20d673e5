package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handler's calls that block. */
class ErrorHandlerTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  private ErrorHandler.Builder builder(int attempts) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .time(clock)
                .maxAttempts(attempts)
                .fixed(Duration.ofSeconds(1))
                .noJitter()
                .build());
  }

  @Test
  void withoutAnythingItIsARetryWithItsDefaults() {
    Flaky work = Flaky.failingWith();
    assertThat(ErrorHandler.builder().build().call(work)).isEqualTo("answer");
    assertThat(work.calls()).isOne();
  }

  @Test
  void everyAttemptGoesThroughEveryGuardAnew() {
    CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();
    ErrorHandler handler =
        builder(3).circuitBreakers(breakers).timeout(Duration.ofSeconds(5)).bulkhead(1).build();

    assertThat(handler.call(Flaky.failingWith(new Busy(), new Busy()))).isEqualTo("answer");
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfSuccessfulCalls()).isOne();
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void answersMayBeNull() {
    ErrorHandler handler =
        builder(1)
            .circuitBreakers(CircuitBreakers.ofDefaults())
            .timeout(Duration.ofSeconds(1))
            .bulkhead(1)
            .build();
    assertThat(handler.<String>call(() -> null)).isNull();
  }

  @Test
  void aCallEndsAsTheRetrysWould() {
    Busy busy = new Busy();
    assertThatThrownBy(() -> builder(2).build().call(Flaky.failingWith(busy, busy)))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasCause(busy);

    IOException checked = new IOException("reset");
    assertThatThrownBy(() -> builder(1).build().call(Flaky.failingWith(checked)))
        .isInstanceOf(CallFailedException.class)
        .hasMessage("Attempt 1 failed: IOException: reset")
        .hasCause(checked);

    Error error = new Error("for the test");
    assertThat(catchThrowable(() -> builder(3).build().call(Flaky.failingWith(error))))
        .isSameAs(error);
  }

  @Test
  void aResultTellsOfEveryAttemptAndThrowsNothing() {
    Busy first = new Busy();
    CallResult<String> recovered = builder(2).build().run(CallOptions.none(), failing(first));
    assertThat(recovered.value()).isEqualTo("answer");
    assertThat(recovered.attempts()).isEqualTo(2);
    assertThat(recovered.failures()).extracting(AttemptFailure::error).containsExactly(first);

    Error error = new Error("for the test");
    CallResult<String> failed = builder(2).build().run(CallOptions.none(), failing(error));
    assertThat(failed.answered()).isFalse();
    assertThat(failed.failure().orElseThrow().error()).isSameAs(error);
    assertThat(catchThrowable(failed::value)).isSameAs(error);
  }

  @Test
  void nothingIsTriedWhenTheDeadlineHasPassedBefore() {
    Told told = new Told();
    ErrorHandler handler = builder(3).listener(told).deadLetters(told).build();
    Flaky work = Flaky.failingWith();
    CallOptions late =
        CallOptions.of("openai")
            .deadline(Deadline.after(Duration.ZERO, clock))
            .idempotencyKey("order-7")
            .input("order", "{}");

    assertThatThrownBy(() -> handler.call(late, attempt -> work.call()))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("No time left for the first attempt");
    CallResult<String> result = handler.run(late, attempt -> work.call());

    assertThat(work.calls()).isZero();
    assertThat(result.attempts()).isZero();
    assertThat(result.elapsed()).isZero();
    assertThatThrownBy(result::value).isInstanceOf(DeadlineExceededException.class);
    // A dead letter of it is driven again with the key that it was given.
    assertThat(told.letters)
        .hasSize(2)
        .allMatch(l -> l.failure().idempotencyKey().equals("order-7"));
    assertThat(told.outcomes()).containsExactly(Outcome.FAILED, Outcome.FAILED);
  }

  @Test
  void aCallThatIsNotTriedHasAKeyAllTheSame() {
    CallOptions late = CallOptions.none().deadline(Deadline.after(Duration.ZERO, clock));
    CallResult<String> result = builder(1).build().run(late, attempt -> "answer");
    assertThat(result.failure().orElseThrow().idempotencyKey()).isNotEmpty();
  }

  @Test
  void allAttemptsOfACallHaveTheKeyThatWasGiven() {
    List<String> keys = new ArrayList<>();
    builder(3)
        .timeout(Duration.ofSeconds(5))
        .build()
        .call(
            CallOptions.none().idempotencyKey("order-7"),
            attempt -> {
              keys.add(attempt.idempotencyKey());
              if (attempt.number() < 3) {
                throw new Busy();
              }
              return "answer";
            });
    assertThat(keys).containsExactly("order-7", "order-7", "order-7");
  }

  @Test
  void callsHaveKeysOfTheirOwnUnlessOneIsGiven() {
    ErrorHandler handler = builder(1).build();
    String first = handler.call(CallOptions.none(), Attempt::idempotencyKey);
    String second = handler.call(CallOptions.none(), Attempt::idempotencyKey);
    assertThat(first).isNotEmpty().isNotEqualTo(second);
  }

  @Test
  void anOpenBreakerIsNotWaitedFor() {
    CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();
    breakers.open("openai");
    Flaky work = Flaky.failingWith();

    assertThatThrownBy(
            () ->
                builder(3)
                    .circuitBreakers(breakers)
                    .build()
                    .call(CallOptions.of("openai"), attempt -> work.call()))
        .isInstanceOf(CircuitOpenException.class);
    assertThat(work.calls()).isZero();
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> ErrorHandler.builder().bulkhead(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A bulkhead needs at least 1 place, not 0");
    assertThatThrownBy(() -> ErrorHandler.builder().timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The timeout must be more than zero: PT0S");
  }

  private static AttemptCall<String> failing(Throwable... errors) {
    Flaky work = Flaky.failingWith(errors);
    return attempt -> work.call();
  }
}
