package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Time;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Attempts that take too long. The work turns the clock itself, so that the timeout rings in it.
 */
class TimeoutTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ErrorHandler once = handler(1);

  private ErrorHandler handler(int attempts) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .time(clock)
                .maxAttempts(attempts)
                .fixed(Duration.ofSeconds(1))
                .noJitter()
                .build())
        .timeout(LIMIT)
        .build();
  }

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  /** Takes this long, and is interrupted if that is too long. */
  private String workFor(Duration duration) throws InterruptedException {
    clock.advance(duration);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return "answer";
  }

  @Test
  void workThatIsQuickEnoughLeavesNoTimerBehind() {
    assertThat(once.call(() -> workFor(Duration.ofMillis(4999)))).isEqualTo("answer");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void workThatTakesTooLongIsInterrupted() {
    AttemptTimeoutException error =
        catchThrowableOfType(AttemptTimeoutException.class, () -> once.call(() -> workFor(LIMIT)));

    assertThat(error)
        .hasMessage(
            "Attempt 1 had no answer after 5000 ms. Allow more with timeout(…) or a later"
                + " deadline.")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(error.retryable()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aThreadThatIsBlockedIsInterrupted() throws Exception {
    VirtualClock standing = VirtualClock.create();
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(Retry.builder().time(standing).maxAttempts(1).build())
            .timeout(LIMIT)
            .build();
    CountDownLatch begun = new CountDownLatch(1);
    List<Throwable> errors = new ArrayList<>();
    Callable<String> blocked =
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return "never";
        };
    Thread thread = new Thread(() -> errors.add(catchThrowable(() -> handler.call(blocked))));
    thread.start();
    begun.await();
    standing.advance(LIMIT);
    thread.join();
    assertThat(errors).singleElement().isInstanceOf(AttemptTimeoutException.class);
  }

  @Test
  void anAttemptThatWasCutShortIsFollowedByAnother() {
    List<Integer> numbers = new ArrayList<>();
    String answer =
        handler(2)
            .call(
                CallOptions.none(),
                attempt -> {
                  numbers.add(attempt.number());
                  return workFor(attempt.number() == 1 ? LIMIT : Duration.ZERO);
                });
    assertThat(answer).isEqualTo("answer");
    assertThat(numbers).containsExactly(1, 2);
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void anAnswerThatComesAllTheSameCounts() {
    String answer =
        once.call(
            () -> {
              clock.advance(Duration.ofMinutes(1));
              return "late";
            });
    assertThat(answer).isEqualTo("late");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whateverTheWorkThrowsWhenItIsCutShortIsTheCause() {
    CancelledException cancelled = new CancelledException("stopped", null);
    assertThatThrownBy(
            () ->
                once.call(
                    () -> {
                      clock.advance(LIMIT);
                      throw cancelled;
                    }))
        .isInstanceOf(AttemptTimeoutException.class)
        .hasCause(cancelled);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anErrorOfTheMachineIsNoTimeout() {
    Error error = new Error("for the test");
    ErrorHandler handler = handler(3);
    List<Integer> numbers = new ArrayList<>();
    assertThat(
            catchThrowable(
                () ->
                    handler.call(
                        CallOptions.none(),
                        attempt -> {
                          numbers.add(attempt.number());
                          clock.advance(LIMIT);
                          throw error;
                        })))
        .isSameAs(error);
    assertThat(numbers).hasSize(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptFromOutsideIsNotTakenForTheTimeouts() {
    assertThatThrownBy(
            () ->
                handler(3)
                    .call(
                        () -> {
                          Thread.currentThread().interrupt();
                          clock.sleep(Duration.ZERO); // throws if interrupted
                          return "never";
                        }))
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while making attempt 1.");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptFromOutsideThatCameFirstStays() {
    assertThatThrownBy(
            () ->
                handler(3)
                    .call(
                        () -> {
                          Thread.currentThread().interrupt();
                          clock.advance(LIMIT);
                          throw new Busy();
                        }))
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while waiting 1000 ms after attempt 1 failed.");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void aDeadlineThatComesSoonerIsTheLimit() {
    CallOptions soon = CallOptions.none().deadline(Deadline.after(Duration.ofMillis(1500), clock));
    assertThatThrownBy(() -> once.call(soon, attempt -> workFor(Duration.ofMillis(1500))))
        .isInstanceOf(AttemptTimeoutException.class)
        .hasMessageStartingWith("Attempt 1 had no answer after 1500 ms.");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(1500));

    CallOptions next = CallOptions.none().deadline(Deadline.after(Duration.ofSeconds(1), clock));
    assertThatThrownBy(() -> handler(3).call(next, attempt -> workFor(Duration.ofSeconds(2))))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasMessageContaining("the deadline has passed")
        .hasCauseInstanceOf(AttemptTimeoutException.class);
  }

  /** The clock passes, but its timers never get their turn. */
  private record LateTimers(VirtualClock clock) implements Time {
    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public long nanos() {
      return clock.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      clock.sleep(duration);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
      return () -> true;
    }
  }

  @Test
  void workThatMindsItsDeadlineAndFailsByItBeforeTheTimerRingsHasTimedOut() {
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(Retry.builder().time(new LateTimers(clock)).maxAttempts(1).build())
            .timeout(LIMIT)
            .build();
    DeadlineExceededException late = new DeadlineExceededException("no time left");

    assertThatThrownBy(
            () ->
                handler.call(
                    () -> {
                      clock.advance(LIMIT);
                      throw late;
                    }))
        .isInstanceOf(AttemptTimeoutException.class)
        .hasCause(late);
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> answer = handler.callAsync(() -> work);
    clock.advance(LIMIT);
    work.completeExceptionally(late);
    assertThat(Ended.errorOf(answer)).isInstanceOf(AttemptTimeoutException.class).hasCause(late);
  }

  @Test
  void aDeadlineOfTheWorksOwnIsNoTimeout() {
    DeadlineExceededException own = new DeadlineExceededException("no time left");
    assertThatThrownBy(() -> once.call(Flaky.failingWith(own))).isSameAs(own);
    assertThat(Ended.errorOf(once.callAsync(Flaky.failingWith(own)::callAsync))).isSameAs(own);
  }

  @Test
  void aFutureThatTakesTooLongIsCancelled() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> answer = once.callAsync(() -> work);
    clock.advance(Duration.ofMillis(4999));
    assertThat(answer).isNotDone();
    clock.advance(Duration.ofMillis(1));

    assertThat(Ended.errorOf(answer))
        .isInstanceOf(AttemptTimeoutException.class)
        .hasMessageStartingWith("Attempt 1 had no answer after 5000 ms.")
        .hasNoCause();
    assertThat(work).isCancelled();
  }

  @Test
  void aFutureThatWasCutShortIsFollowedByAnother() {
    List<CompletableFuture<String>> works = new ArrayList<>();
    CompletableFuture<String> answer =
        handler(2)
            .callAsync(
                () -> {
                  works.add(new CompletableFuture<>());
                  return works.get(works.size() - 1);
                });
    clock.advance(Duration.ofSeconds(6));
    assertThat(works).hasSize(2);
    works.get(1).complete("answer");
    assertThat(answer).isCompletedWithValue("answer");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aDeadlineThatComesSoonerIsTheLimitOfAFutureToo() {
    CallOptions soon = CallOptions.none().deadline(Deadline.after(Duration.ofMillis(1500), clock));
    CompletableFuture<String> answer = once.callAsync(soon, attempt -> new CompletableFuture<>());
    clock.advance(Duration.ofMillis(1500));
    assertThat(Ended.errorOf(answer))
        .hasMessageStartingWith("Attempt 1 had no answer after 1500 ms.");
  }
}
