package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call came to. */
class CallResultTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final Retry retry =
      Retry.builder()
          .time(clock)
          .maxAttempts(3)
          .fixed(Duration.ofSeconds(1))
          .noJitter()
          .retryOn(Classifier.standard())
          .build();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private CallResult<String> run(Throwable... errors) {
    Flaky work = Flaky.failingWith(errors);
    return retry.run(
        Deadline.never(),
        attempt -> {
          clock.advance(Duration.ofMillis(50));
          return work.call();
        });
  }

  @Test
  void anAnswerTellsOfTheAttemptsOnTheWay() {
    Busy busy = new Busy();
    CallResult<String> result = run(busy);

    assertThat(result.answered()).isTrue();
    assertThat(result.value()).isEqualTo("answer");
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.failures())
        .containsExactly(
            new AttemptFailure(
                1, Duration.ofMillis(50), Duration.ofSeconds(1), busy, ErrorKind.TRANSIENT));
    assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(1100));
    assertThat(result.failure()).isEmpty();
    assertThat(result.degraded()).isFalse();
    assertThat(result).hasToString("CallResult[answered, 2 attempts, 1100 ms]");
  }

  @Test
  void anAnswerMayBeNull() {
    CallResult<String> result = retry.run(Deadline.never(), attempt -> null);
    assertThat(result.answered()).isTrue();
    assertThat(result.value()).isNull();
  }

  @Test
  void aFailureTellsOfAllAttempts() {
    Busy last = new Busy();
    CallResult<String> result = run(new Busy(), new IOException("reset"), last);

    assertThat(result.answered()).isFalse();
    assertThat(result.attempts()).isEqualTo(3);
    assertThat(result.failures()).extracting(AttemptFailure::number).containsExactly(1, 2, 3);
    assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(2150));
    assertThat(result.degraded()).isFalse();
    Failure failure = result.failure().orElseThrow();
    assertThat(failure.error()).isInstanceOf(AttemptsExhaustedException.class);
    assertThat(failure.lastError()).isSameAs(last);
    assertThat(failure.verdict()).isEqualTo(Verdict.transientError());
    assertThat(failure.reason()).isEqualTo("Busy: The provider is busy");
    assertThat(failure.idempotencyKey()).isNotEmpty();
    assertThatThrownBy(result::value).isSameAs(failure.error());
    assertThat(result).hasToString("CallResult[failed, 3 attempts, 2150 ms]");
  }

  @Test
  void theReasonIsTheClassifiersIfItGaveOne() {
    Retry explaining =
        Retry.builder()
            .retryOn(any -> Verdict.permanent().because("HTTP 401 invalid_api_key"))
            .build();
    CallResult<String> result =
        explaining.run(Deadline.never(), attempt -> Flaky.failingWith(new Busy()).call());
    assertThat(result.failure().orElseThrow().reason()).isEqualTo("HTTP 401 invalid_api_key");
  }

  @Test
  void aCheckedErrorIsThrownAsACause() {
    Exception checked = new Exception("broken");
    CallResult<String> result = run(checked);
    assertThatThrownBy(result::value)
        .isInstanceOf(CallFailedException.class)
        .hasMessage("Attempt 1 failed: Exception: broken")
        .hasCause(checked);
  }

  @Test
  void anErrorOfTheMachineIsInTheResultToo() {
    Error error = new Error("for the test");
    CallResult<String> result = run(new Busy(), error);
    assertThat(result.failure().orElseThrow().error()).isSameAs(error);
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(catchThrowable(result::value)).isSameAs(error);
  }

  @Test
  void anAttemptThatWasInterruptedIsOneOfThoseThatWereMade() {
    InterruptedException interrupt = new InterruptedException();
    Busy busy = new Busy();
    CallResult<String> result = run(busy, interrupt);

    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.failures())
        .extracting(AttemptFailure::error)
        .containsExactly(busy, interrupt);
    assertThat(result.failures().get(1).kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(result.failure().orElseThrow().verdict()).isEqualTo(Verdict.cancelled());
    assertThatThrownBy(result::value)
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while making attempt 2.");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void nothingIsTriedWhenTheDeadlineHasPassedBefore() {
    CallResult<String> result =
        retry.run(Deadline.after(Duration.ZERO, clock), attempt -> "answer");
    assertThat(result.attempts()).isZero();
    assertThat(result.failures()).isEmpty();
    Failure failure = result.failure().orElseThrow();
    assertThat(failure.lastError()).isInstanceOf(DeadlineExceededException.class);
    assertThat(failure.verdict()).isEqualTo(Verdict.permanent());
    assertThat(failure.partial()).isEmpty();
    assertThat(failure.idempotencyKey()).isNotEmpty();
  }

  @Test
  void anAnswerInTheCallsPlaceSaysWhyItHadToBe() {
    ErrorHandler handler = ErrorHandler.builder().retry(retry).build();
    Busy busy = new Busy();
    CallResult<String> result =
        handler
            .<String>fallback(e -> "fallback")
            .run(CallOptions.none(), attempt -> Flaky.failingWith(busy).call());

    assertThat(result.answered()).isTrue();
    assertThat(result.degraded()).isTrue();
    assertThat(result.value()).isEqualTo("fallback");
    assertThat(result.attempts()).isEqualTo(3);
    assertThat(result.failure().orElseThrow().lastError()).isSameAs(busy);
    assertThat(result).hasToString("CallResult[answered by a fallback, 3 attempts, 2000 ms]");
  }
}
