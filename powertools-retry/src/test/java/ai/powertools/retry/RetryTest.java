package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls that block. */
class RetryTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  private RetryBuilder builder() {
    return Retry.builder().time(clock).exponential(Duration.ofMillis(200), 2.0).noJitter();
  }

  @Test
  void anAnswerAtTheFirstAttemptTakesNoTime() {
    Flaky work = Flaky.failingWith();

    assertThat(builder().build().call(work)).isEqualTo("answer");
    assertThat(work.calls()).isOne();
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void triesAgainAfterLongerAndLongerWaits() {
    Flaky work = Flaky.failingWith(new Busy(), new IOException("reset"), new Busy());

    assertThat(builder().maxAttempts(5).build().call(work)).isEqualTo("answer");
    assertThat(work.calls()).isEqualTo(4);
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(200 + 400 + 800));
  }

  @Test
  void answersMayBeNull() {
    assertThat(builder().build().<String>call(() -> null)).isNull();
  }

  @Test
  void eachAttemptKnowsItsNumberWhatWentBeforeAndTheDeadline() {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1), clock);
    Busy first = new Busy();
    List<Attempt> attempts = new ArrayList<>();

    String answer =
        builder()
            .build()
            .call(
                deadline,
                attempt -> {
                  attempts.add(attempt);
                  if (attempt.number() == 1) {
                    throw first;
                  }
                  return "answer";
                });

    assertThat(answer).isEqualTo("answer");
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(attempts)
        .extracting(Attempt::previousFailure)
        .containsExactly(Optional.empty(), Optional.of(first));
    assertThat(attempts).extracting(Attempt::deadline).containsOnly(deadline);
    assertThat(attempts.get(0).idempotencyKey())
        .isNotEmpty()
        .isEqualTo(attempts.get(1).idempotencyKey());
    assertThat(attempts.get(1)).hasToString("attempt 2");
  }

  @Test
  void aPermanentErrorIsThrownAsItIsWithEarlierOnesSuppressed() {
    Busy busy = new Busy();
    SocketTimeoutException timeout = new SocketTimeoutException("Read timed out");
    IllegalStateException permanent = new IllegalStateException("model does not exist");
    Flaky work = Flaky.failingWith(busy, timeout, permanent);

    assertThatThrownBy(() -> builder().maxAttempts(5).build().call(work)).isSameAs(permanent);
    assertThat(AttemptHistory.of(permanent))
        .extracting(AttemptFailure::error)
        .containsExactly(busy, timeout);
    assertThat(permanent.getSuppressed()[0].getSuppressed()).containsExactly(busy, timeout);
    assertThat(work.calls()).isEqualTo(3);
  }

  @Test
  void theSameErrorThrownTwiceIsSuppressedOnce() {
    Busy busy = new Busy();
    IllegalStateException permanent = new IllegalStateException("no");

    assertThatThrownBy(() -> builder().build().call(Flaky.failingWith(busy, busy, permanent)))
        .isSameAs(permanent);
    assertThat(permanent.getSuppressed()[0].getSuppressed()).containsExactly(busy);
  }

  @Test
  void usedUpAttemptsSayWhatWasTried() {
    Busy first = new Busy();
    IOException second = new IOException("connection reset");

    AttemptsExhaustedException error =
        catchThrowableOfType(
            AttemptsExhaustedException.class,
            () ->
                builder()
                    .maxAttempts(2)
                    .build()
                    .call(
                        Deadline.never(),
                        attempt -> {
                          clock.advance(Duration.ofSeconds(attempt.number()));
                          throw attempt.number() == 1 ? first : second;
                        }));

    assertThat(error)
        .hasMessage(
            "Gave up after 2 of 2 attempts over 3200 ms: no more attempts are allowed."
                + " Allow more with maxAttempts(…), or have something else answer."
                + " The last error was IOException: connection reset")
        .hasCause(second);
    assertThat(error.getSuppressed()).hasSize(1);
    assertThat(error.getSuppressed()[0])
        .hasMessage(
            "attempt 1 failed after 1000 ms with Busy: The provider is busy, then a wait of 200 ms")
        .hasSuppressedException(first);
    assertThat(error.reason()).isEqualTo(AttemptsExhaustedException.Reason.ATTEMPTS);
    assertThat(error.elapsed()).isEqualTo(Duration.ofMillis(3200));
    assertThat(error.attempts())
        .containsExactly(
            new AttemptFailure(
                1, Duration.ofSeconds(1), Duration.ofMillis(200), first, ErrorKind.TRANSIENT),
            new AttemptFailure(
                2, Duration.ofSeconds(2), Duration.ZERO, second, ErrorKind.TRANSIENT));
  }

  @Test
  void usedUpAttemptsAreAsRetryableAsTheLastError() {
    Busy busy = new Busy(Duration.ofSeconds(7));
    AttemptsExhaustedException error = exhaustedBy(builder().build(), busy, busy, busy);
    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));

    IOException reset = new IOException();
    error = exhaustedBy(builder().build(), reset, reset, reset);
    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).isEmpty();
    assertThat(error).hasMessageEndingWith("The last error was IOException");

    Retry throttling = builder().retryOn(any -> Verdict.throttled(Duration.ofSeconds(9))).build();
    error = exhaustedBy(throttling, reset, reset, reset);
    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(9));

    DeadlineExceededException own = new DeadlineExceededException("inner");
    error = exhaustedBy(throttling, own, own, own);
    assertThat(error.retryable()).isFalse();
    assertThat(error.retryAfter()).isEmpty();
  }

  private static AttemptsExhaustedException exhaustedBy(Retry retry, Throwable... errors) {
    return catchThrowableOfType(
        AttemptsExhaustedException.class, () -> retry.call(Flaky.failingWith(errors)));
  }

  @Test
  void usedUpAttemptsSurviveSerialization() throws Exception {
    AttemptsExhaustedException error =
        exhaustedBy(builder().build(), new Busy(), new Busy(), new Busy());

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(error);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      AttemptsExhaustedException copy = (AttemptsExhaustedException) in.readObject();
      assertThat(copy.attempts()).extracting(AttemptFailure::number).containsExactly(1, 2, 3);
      assertThat(copy.retryable()).isTrue();
      assertThat(copy.reason()).isEqualTo(error.reason());
    }
  }

  @Test
  void whereOneAttemptIsAllowedItsErrorPassesThrough() {
    Busy busy = new Busy();
    Flaky work = Flaky.failingWith(busy);

    assertThatThrownBy(() -> Retry.none().call(work)).isSameAs(busy);
    assertThat(work.calls()).isOne();
  }

  @Test
  void aCheckedErrorThatEndsTheCallIsWrapped() {
    Exception checked = new Exception("broken");

    CallFailedException error =
        catchThrowableOfType(
            CallFailedException.class, () -> builder().build().call(Flaky.failingWith(checked)));

    assertThat(error).hasMessage("Attempt 1 failed: Exception: broken").hasCause(checked);
    assertThat(error.retryable()).isFalse();
    assertThat(error.retryAfter()).isEmpty();
  }

  @Test
  void aWrappedErrorIsAsRetryableAsItWasJudged() {
    Flaky work = Flaky.failingWith(new IOException("reset"));
    assertThatThrownBy(() -> Retry.none().call(work))
        .isInstanceOfSatisfying(
            CallFailedException.class, error -> assertThat(error.retryable()).isTrue());

    Retry asked =
        builder().maxAttempts(1).retryOn(any -> Verdict.throttled(Duration.ofSeconds(2))).build();
    assertThatThrownBy(() -> asked.call(Flaky.failingWith(new IOException("429"))))
        .isInstanceOfSatisfying(
            CallFailedException.class,
            error -> assertThat(error.retryAfter()).contains(Duration.ofSeconds(2)));
  }

  @Test
  void anErrorOfTheMachineIsNeverRetriedWhateverTheClassifierSays() {
    OutOfMemoryError error = new OutOfMemoryError("for the test");
    Flaky work = Flaky.failingWith(new Busy(), error);
    Retry retry = builder().retryOn(any -> Verdict.transientError()).build();

    assertThat(catchThrowable(() -> retry.call(work))).isSameAs(error);
    assertThat(work.calls()).isEqualTo(2);
    assertThat(error.getSuppressed()).hasSize(1);
  }

  @Test
  void waitsAsLongAsItIsAskedToBeyondTheCap() {
    Retry retry = builder().cap(Duration.ofSeconds(1)).build();
    assertThat(retry.call(Flaky.failingWith(new Busy(Duration.ofSeconds(45))))).isEqualTo("answer");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void anAskedForWaitThatIsShorterThanOurOwnChangesNothing() {
    builder().build().call(Flaky.failingWith(new Busy(Duration.ofMillis(3))));
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void aWaitBeyondTheDeadlineFailsNowAndSaysSo() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), clock);
    Busy busy = new Busy(Duration.ofSeconds(30));

    AttemptsExhaustedException error =
        catchThrowableOfType(
            AttemptsExhaustedException.class,
            () ->
                builder()
                    .build()
                    .call(
                        deadline,
                        attempt -> {
                          throw busy;
                        }));

    assertThat(clock.elapsed()).isZero();
    assertThat(error.reason()).isEqualTo(AttemptsExhaustedException.Reason.DEADLINE);
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(error)
        .hasMessage(
            "Gave up after 1 of 3 attempts over 0 ms: the next would follow a wait of 30 s that"
                + " was asked for, but only 5000 ms are left until the deadline. Allow more time,"
                + " or have something else answer. The last error was Busy: The provider is busy");
  }

  @Test
  void aComputedWaitThatEndsAtTheDeadlineIsTooLong() {
    Deadline deadline = Deadline.after(Duration.ofMillis(200), clock);
    Retry retry = builder().build();

    assertThatThrownBy(() -> retry.call(deadline, attempt -> Flaky.failingWith(new Busy()).call()))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasMessageContaining("the next would follow a wait of 200 ms, but only 200 ms are left");
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void anAttemptThatOutlivesTheDeadlineIsTheLast() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(1), clock);

    assertThatThrownBy(
            () ->
                builder()
                    .build()
                    .call(
                        deadline,
                        attempt -> {
                          clock.advance(Duration.ofSeconds(2));
                          throw new Busy();
                        }))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasMessageContaining("over 2000 ms: the deadline has passed. Allow more time");
  }

  @Test
  void aDeadlineThatComesDuringTheWaitEndsIt() {
    VirtualClock slow = VirtualClock.autoAdvancing();
    Deadline deadline = Deadline.after(Duration.ofSeconds(1), slow);
    // The listener takes the time that the wait was to have.
    Retry retry =
        builder().time(slow).listener(event -> slow.advance(Duration.ofSeconds(1))).build();

    assertThatThrownBy(() -> retry.call(deadline, attempt -> Flaky.failingWith(new Busy()).call()))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasMessageContaining("after 1 of 3")
        .hasMessageContaining("the deadline passed during the wait for the next");
  }

  @Test
  void nothingIsTriedWhenTheDeadlineHasPassedBefore() {
    Deadline deadline = Deadline.after(Duration.ZERO, clock);
    Flaky work = Flaky.failingWith();

    assertThatThrownBy(() -> builder().build().call(deadline, attempt -> work.call()))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("No time left for the first attempt");
    assertThat(work.calls()).isZero();
  }

  @Test
  void previewListsTheWaitsWithinTheBoundsOfTheirJitter() {
    Retry retry = builder().maxAttempts(4).equalJitter().cap(Duration.ofMillis(500)).build();

    assertThat(retry.preview(20))
        .containsExactly(
            planned(1, 200, 100, 200), planned(2, 400, 200, 400), planned(3, 500, 250, 500));
    assertThat(retry.preview(1)).hasSize(1);
    assertThat(Retry.none().preview(20)).isEmpty();
    assertThat(Retry.ofDefaults().preview(9))
        .containsExactly(planned(1, 200, 0, 200), planned(2, 400, 0, 400));
  }

  @Test
  void theDefaultCapShortensNoWaitThatWasAskedForByName() {
    Duration minute = Duration.ofMinutes(1);
    RetryBuilder fixed = Retry.builder().fixed(minute).noJitter();
    assertThat(fixed.build().preview(1)).containsExactly(planned(1, 60_000, 60_000, 60_000));
    assertThat(fixed.cap(Duration.ofSeconds(10)).build().preview(1))
        .containsExactly(planned(1, 10_000, 10_000, 10_000));

    assertThat(Retry.builder().exponential(minute, 2.0).noJitter().build().preview(2))
        .containsExactly(planned(1, 60_000, 60_000, 60_000), planned(2, 60_000, 60_000, 60_000));
    assertThat(Retry.builder().backoff(attempt -> minute).noJitter().build().preview(1))
        .containsExactly(planned(1, 30_000, 30_000, 30_000));
  }

  private static PlannedWait planned(int attempt, long computed, long least, long most) {
    return new PlannedWait(
        attempt, Duration.ofMillis(computed), Duration.ofMillis(least), Duration.ofMillis(most));
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> Retry.builder().maxAttempts(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A call needs at least 1 attempt, not 0");
    assertThatThrownBy(() -> Retry.builder().fixed(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Retry.builder().cap(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (double factor : new double[] {0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Retry.builder().exponential(Duration.ofMillis(1), factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("finite number of at least 1");
    }
    assertThatThrownBy(() -> Verdict.throttled(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
