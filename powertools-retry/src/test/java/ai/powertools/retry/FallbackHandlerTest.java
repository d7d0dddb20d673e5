package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who answers when all else has failed. */
class FallbackHandlerTest {
  private final VirtualClock clock = VirtualClock.create();
  private final ErrorHandler handler =
      ErrorHandler.builder().retry(Retry.builder().time(clock).maxAttempts(1).build()).build();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private static Flaky failing(Throwable error) {
    return Flaky.failingWith(error);
  }

  @Test
  void whereTheCallAnswersNobodyElseIsAsked() {
    List<Object> asked = new ArrayList<>();
    FallbackHandler<String> careful =
        handler.fallback(
            failure -> {
              asked.add(failure);
              return "fallback";
            });
    assertThat(careful.call(failing(new Busy()))).isEqualTo("fallback");
    assertThat(careful.call(() -> "answer")).isEqualTo("answer");
    assertThat(careful.run(CallOptions.none(), attempt -> "answer").degraded()).isFalse();
    assertThat(asked).hasSize(1);
  }

  @Test
  void theTypeOfTheAnswerFollowsFromTheFallbacks() {
    String answer =
        handler
            .fallback(SocketTimeoutException.class, e -> "a")
            .fallback(e -> "b")
            .call(() -> failing(new SocketTimeoutException()).call());
    assertThat(answer).isEqualTo("a");
    CharSequence other =
        handler
            .<CharSequence>fallback(ErrorKind.TRANSIENT, e -> java.nio.CharBuffer.wrap("c"))
            .fallback(e -> "d")
            .call(() -> "answer");
    assertThat(other).isEqualTo("answer");
  }

  @Test
  void theFirstThatFitsAnswersAndIsGivenTheErrorOfItsType() {
    SocketTimeoutException timeout = new SocketTimeoutException("Read timed out");
    List<Throwable> given = new ArrayList<>();
    String answer =
        handler
            .fallback(FileNotFoundException.class, e -> "not found")
            .fallback(
                SocketTimeoutException.class,
                e -> {
                  given.add(e);
                  return "timed out";
                })
            .fallback(IOException.class, e -> "other I/O")
            .fallback(e -> "other")
            .call(failing(new Busy(null, new IOException(timeout))));
    assertThat(answer).isEqualTo("timed out");
    assertThat(given).containsExactly(timeout);
  }

  @Test
  void aTypeIsFoundBehindWhatTheRetryMadeOfIt() {
    ErrorHandler twice =
        ErrorHandler.builder()
            .retry(Retry.builder().time(VirtualClock.autoAdvancing()).maxAttempts(2).build())
            .build();
    FallbackHandler<String> careful =
        twice
            .<String, IOException>fallback(IOException.class, Throwable::getMessage)
            .fallback(AttemptsExhaustedException.class, e -> "exhausted");
    IOException reset = new IOException("reset");
    assertThat(careful.call(Flaky.failingWith(reset, reset))).isEqualTo("reset");
    assertThat(careful.call(Flaky.failingWith(new Busy(), new Busy()))).isEqualTo("exhausted");
  }

  @Test
  void aKindIsWhatTheClassifierSaidOfTheLastError() {
    FallbackHandler<String> careful =
        handler
            .<String>fallback(ErrorKind.THROTTLED, e -> "throttled")
            .fallback(ErrorKind.TRANSIENT, e -> "transient");
    assertThat(careful.call(failing(new Busy(Duration.ofSeconds(1))))).isEqualTo("throttled");
    assertThat(careful.call(failing(new Busy()))).isEqualTo("transient");
    IllegalStateException unknown = new IllegalStateException("bug");
    assertThatThrownBy(() -> careful.call(failing(unknown))).isSameAs(unknown);
  }

  @Test
  void oneThatFailsIsSuppressedAndTheNextIsAsked() {
    Busy busy = new Busy();
    IOException notThere = new IOException("cache is empty");
    IllegalStateException broken = new IllegalStateException("broken");
    FallbackHandler<String> careful =
        handler
            .<String>fallback(
                e -> {
                  throw notThere;
                })
            .fallback(
                e -> {
                  throw broken;
                });
    assertThatThrownBy(() -> careful.call(failing(busy))).isSameAs(busy);
    assertThat(busy.getSuppressed()).containsExactly(notThere, broken);
    assertThat(careful.fallback(e -> "at last").call(failing(new Busy()))).isEqualTo("at last");
  }

  @Test
  void oneThatThrowsTheErrorOnIsNotSuppressedInItself() {
    Busy busy = new Busy();
    FallbackHandler<String> careful =
        handler.fallback(
            Busy.class,
            e -> {
              throw e;
            });
    assertThatThrownBy(() -> careful.call(failing(busy))).isSameAs(busy);
    assertThat(busy.getSuppressed()).isEmpty();
  }

  @Test
  void oneThatIsInterruptedIsTheLast() {
    Busy busy = new Busy();
    InterruptedException interrupt = new InterruptedException();
    FallbackHandler<String> careful =
        handler
            .<String>fallback(
                e -> {
                  throw interrupt;
                })
            .fallback(e -> "not asked");
    assertThatThrownBy(() -> careful.call(failing(busy)))
        .isSameAs(busy)
        .hasSuppressedException(interrupt);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anErrorOfTheMachineInOneIsThrownAndTheCallHasFailed() {
    Told told = new Told();
    Error error = new Error("for the test");
    ErrorHandler listened = ErrorHandler.builder().retry(Retry.none()).listener(told).build();
    FallbackHandler<String> careful =
        listened
            .<String>fallback(
                e -> {
                  throw error;
                })
            .fallback(e -> "not asked");
    assertThat(catchThrowable(() -> careful.call(failing(new Busy())))).isSameAs(error);
    assertThat(Ended.errorOf(careful.callAsync(failing(new Busy())::callAsync))).isSameAs(error);
    assertThat(told.outcomes()).containsExactly(Outcome.FAILED, Outcome.FAILED);
  }

  @Test
  void whatTheWorkKeptIsAnAnswerIfItIsOfTheType() {
    FallbackHandler<String> careful = handler.fallbackToPartial(String.class);
    assertThat(careful.call(CallOptions.none(), keeping("half an ans", new Busy())))
        .isEqualTo("half an ans");
    Busy busy = new Busy();
    assertThatThrownBy(() -> careful.call(CallOptions.none(), keeping(7, busy))).isSameAs(busy);
    assertThatThrownBy(() -> careful.call(failing(busy))).isSameAs(busy);
  }

  @Test
  void whatALaterAttemptKeptIsInThePlaceOfWhatWasKeptBefore() {
    ErrorHandler twice =
        ErrorHandler.builder()
            .retry(Retry.builder().time(VirtualClock.autoAdvancing()).maxAttempts(2).build())
            .build();
    String answer =
        twice
            .<String>fallback(e -> e.partial().map(Object::toString).orElse("nothing"))
            .call(
                CallOptions.none(),
                attempt -> {
                  attempt.keepPartial("of attempt " + attempt.number());
                  throw new Busy();
                });
    assertThat(answer).isEqualTo("of attempt 2");
  }

  private static AttemptCall<String> keeping(Object partial, Throwable error) {
    return attempt -> {
      attempt.keepPartial(partial);
      return failing(error).call();
    };
  }

  @Test
  void aCancelledCallIsNeverAnswered() {
    FallbackHandler<String> careful =
        handler
            .<String, Throwable>fallback(Throwable.class, e -> "by type")
            .fallback(ErrorKind.CANCELLED, e -> "by kind")
            .fallbackToPartial(String.class)
            .fallback(e -> "any");
    CancelledException cancelled = new CancelledException("stop", null);
    assertThatThrownBy(() -> careful.call(CallOptions.none(), keeping("kept", cancelled)))
        .isSameAs(cancelled);
    assertThatThrownBy(() -> careful.call(failing(new InterruptedException())))
        .isInstanceOf(CancelledException.class);
    assertThat(Ended.errorOf(careful.callAsync(failing(cancelled)::callAsync))).isSameAs(cancelled);
  }

  @Test
  void anErrorOfTheMachineIsAnsweredOnlyForItsType() {
    StackOverflowError error = new StackOverflowError("for the test");
    FallbackHandler<String> careful =
        handler
            .<String>fallback(e -> "any")
            .fallback(ErrorKind.PERMANENT, e -> "permanent")
            .fallbackToPartial(String.class);
    assertThat(catchThrowable(() -> careful.call(CallOptions.none(), keeping("kept", error))))
        .isSameAs(error);
    assertThat(careful.fallback(StackOverflowError.class, e -> "too deep").call(failing(error)))
        .isEqualTo("too deep");
  }

  @Test
  void whoNeverTriedMayBeAnsweredToo() {
    CallOptions late = CallOptions.none().deadline(Deadline.after(Duration.ZERO, clock));
    FallbackHandler<String> careful =
        handler.fallback(DeadlineExceededException.class, e -> "too late");
    assertThat(careful.call(late, attempt -> "answer")).isEqualTo("too late");
    assertThat(careful.callAsync(late, attempt -> new CompletableFuture<>()))
        .isCompletedWithValue("too late");
  }

  @Test
  void aFutureIsAnsweredInTheSameWay() {
    Busy busy = new Busy();
    IllegalStateException noCache = new IllegalStateException("no cache");
    FallbackHandler<String> careful =
        handler
            .<String, IOException>fallback(IOException.class, e -> "I/O")
            .fallback(
                Busy.class,
                e -> {
                  throw noCache;
                });
    assertThat(careful.callAsync(failing(new IOException())::callAsync))
        .isCompletedWithValue("I/O");
    assertThat(Ended.errorOf(careful.callAsync(failing(busy)::callAsync)))
        .isSameAs(busy)
        .hasSuppressedException(noCache);
    assertThat(careful.callAsync(() -> CompletableFuture.completedFuture("answer")))
        .isCompletedWithValue("answer");
  }

  @Test
  void cancellingReachesTheWorkAndAsksNoFallback() {
    List<Failure> asked = new ArrayList<>();
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> answer =
        handler
            .<String>fallback(
                failure -> {
                  asked.add(failure);
                  return "fallback";
                })
            .callAsync(() -> work);
    answer.cancel(true);
    assertThat(work).isCancelled();
    assertThat(asked).isEmpty();
  }

  @Test
  void aHandlerWithFallbacksIsNotChangedByAddingMore() {
    FallbackHandler<String> first = handler.fallback(FileNotFoundException.class, e -> "a");
    var unused = first.fallback(e -> "b");
    IllegalStateException bug = new IllegalStateException("bug");
    assertThatThrownBy(() -> first.call(failing(bug))).isSameAs(bug);
  }
}
