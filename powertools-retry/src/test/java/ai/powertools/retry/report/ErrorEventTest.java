package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.retry.AttemptFailure;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Failure;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.Retry;
import ai.powertools.retry.Verdict;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of a call in which something failed. */
class ErrorEventTest {
  private static final Duration STEP = Duration.ofMillis(200);

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final Retry retry =
      Retry.builder().time(clock).maxAttempts(3).exponential(STEP, 2.0).noJitter().build();

  private CallResult<String> run(int failures) {
    return retry.run(
        Deadline.never(),
        attempt -> {
          clock.advance(Duration.ofMillis(50));
          if (attempt.number() <= failures) {
            throw new SocketTimeoutException("Read timed out " + attempt.number());
          }
          return "answer";
        });
  }

  private static Failure failure(Throwable error, List<AttemptFailure> attempts) {
    return new Failure(
        error,
        Verdict.permanent().because("HTTP 400"),
        attempts,
        Duration.ZERO,
        Optional.empty(),
        "");
  }

  private static ErrorEvent failed(Throwable error) {
    return ErrorEvent.of("key", failure(error, List.of()), Outcome.FAILED, Events.NOON);
  }

  @Test
  void aCallThatFailedHasAllItsAttempts() {
    ErrorEvent event = ErrorEvent.of("openai", run(9), Events.NOON).orElseThrow();

    assertThat(event.when()).isEqualTo(Events.NOON);
    assertThat(event.key()).isEqualTo("openai");
    assertThat(event.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(event.describe()).isEqualTo("SocketTimeoutException: Read timed out 3");
    assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(event.failures()).isEqualTo(3);
    assertThat(event.waited()).isEqualTo(STEP.multipliedBy(3));
    assertThat(event.attempts())
        .containsExactly(
            attempt(1, STEP), attempt(2, STEP.multipliedBy(2)), attempt(3, Duration.ZERO));
  }

  private static AttemptSummary attempt(int number, Duration waited) {
    return new AttemptSummary(
        number,
        Duration.ofMillis(50),
        waited,
        ErrorKind.TRANSIENT,
        "SocketTimeoutException",
        "Read timed out " + number);
  }

  @Test
  void aCallThatALaterAttemptAnsweredHasRecovered() {
    ErrorEvent event = ErrorEvent.of("openai", run(2), Events.NOON).orElseThrow();

    assertThat(event.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(event.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(event.describe()).isEqualTo("SocketTimeoutException: Read timed out 2");
    assertThat(event.failures()).isEqualTo(2);
    assertThat(event.attempts()).map(AttemptSummary::number).containsExactly(1, 2);
  }

  @Test
  void aCallWithoutAFailureIsNoEvent() {
    assertThat(ErrorEvent.of("openai", run(0), Events.NOON)).isEmpty();
  }

  @Test
  void ofManyAttemptsTheFirstAndTheLastAreKept() {
    List<AttemptFailure> attempts =
        IntStream.rangeClosed(1, 100)
            .mapToObj(
                i ->
                    new AttemptFailure(
                        i, STEP, STEP, new IOException("no. " + i), ErrorKind.TRANSIENT))
            .toList();
    ErrorEvent event =
        ErrorEvent.of(
            "", failure(attempts.get(99).error(), attempts), Outcome.DEGRADED, Events.NOON);

    assertThat(event.failures()).isEqualTo(100);
    assertThat(event.waited()).isEqualTo(STEP.multipliedBy(100));
    assertThat(event.attempts())
        .map(AttemptSummary::number)
        .containsExactly(1, 2, 3, 4, 5, 96, 97, 98, 99, 100);
  }

  @Test
  void theErrorThatTellsMostIsTheOutermostThatIsMoreThanAWrapper() {
    Throwable timeout = new IOException("timeout", new SocketException("Socket closed"));

    assertThat(failed(timeout).describe()).isEqualTo("IOException: timeout");
    assertThat(failed(new CompletionException(timeout)).describe())
        .isEqualTo("IOException: timeout");
    assertThat(failed(new RuntimeException(timeout)).describe()).isEqualTo("IOException: timeout");
    assertThat(failed(new UncheckedIOException(new IOException("x"))).type())
        .isEqualTo("IOException");
    assertThat(failed(new IllegalStateException("x", new IOException("x"))).type())
        .isEqualTo("IOException");
    assertThat(failed(new IllegalStateException("y", new IOException("x"))).type())
        .isEqualTo("IllegalStateException");
    assertThat(failed(new IllegalStateException("", new IOException((String) null))).type())
        .isEqualTo("IOException");
  }

  @Test
  void anErrorThatSaysNothingIsToldByTheReasonOfTheClassifier() {
    ErrorEvent event = failed(new IllegalStateException());

    assertThat(event.describe()).isEqualTo("IllegalStateException: HTTP 400");
    assertThat(
            ErrorEvent.recovered(
                    "",
                    List.of(
                        new AttemptFailure(1, STEP, STEP, new IOException(), ErrorKind.TRANSIENT)),
                    Events.NOON)
                .orElseThrow()
                .describe())
        .isEqualTo("IOException");
  }

  @Test
  void anErrorThatIsItselfBrokenIsKeptAllTheSame() {
    RuntimeException broken =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("broken");
          }
        };

    assertThat(failed(broken).describe()).isEqualTo("ErrorEventTest$1: HTTP 400");
  }

  @Test
  void longMessagesAreCutAndStayValidUnicode() {
    String message = "x".repeat(ErrorEvent.LONGEST_MESSAGE - 2) + "🙂🙂";
    ErrorEvent event = Events.of(message);

    assertThat(event.message()).hasSize(ErrorEvent.LONGEST_MESSAGE - 1).endsWith("x…");
    assertThat(event.attempts().get(0).message()).hasSize(AttemptSummary.LONGEST_MESSAGE);
    assertThat(Events.of("a\ud800b\udc00c\0🙂").message()).isEqualTo("a\ufffdb\ufffdc\ufffd🙂");
  }

  @Test
  void ofAHugeMessageOnlyTheBeginningIsLookedAtAndNoWordIsCutInHalf() {
    String secret = "sk-" + "a1".repeat(20);
    // The masks are short, so that what is behind many of them would come into view.
    String message = (secret + " ").repeat(380) + "z".repeat(16_384 - 380 * 44 - 5 + 600) + secret;

    assertThat(Events.of(message).message()).doesNotContain("sk-", "a1a1").startsWith("*** ***");
    assertThat(Events.of("x".repeat(20_000)).message()).isEqualTo("…");
  }

  @Test
  void negativeSumsAreRefused() {
    assertThatThrownBy(
            () ->
                new ErrorEvent(
                    Events.NOON,
                    "",
                    ErrorKind.UNKNOWN,
                    "",
                    "",
                    Outcome.FAILED,
                    -1,
                    Duration.ZERO,
                    Collections.emptyList()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 failures");
    assertThatThrownBy(
            () ->
                new ErrorEvent(
                    Events.NOON,
                    "",
                    ErrorKind.UNKNOWN,
                    "",
                    "",
                    Outcome.FAILED,
                    1,
                    Duration.ofMillis(-1),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }
}
