package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Time;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Calls that block nobody. */
class RetryAsyncTest {
  private final VirtualClock clock = VirtualClock.create();

  private RetryBuilder builder() {
    return Retry.builder().time(clock).fixed(Duration.ofSeconds(1)).noJitter();
  }

  private static Throwable errorOf(CompletableFuture<?> future) {
    assertThat(future).isDone();
    return future.handle((value, error) -> error).join();
  }

  @Test
  void triesAgainWhenTheTimerOfTheWaitIsDue() {
    Flaky work = Flaky.failingWith(new Busy(), new IOException("reset"));
    CompletableFuture<String> answer = builder().build().callAsync(work::callAsync);

    assertThat(work.calls()).isOne();
    clock.advance(Duration.ofMillis(999));
    assertThat(work.calls()).isOne();
    clock.advance(Duration.ofMillis(1));
    assertThat(work.calls()).isEqualTo(2);
    assertThat(answer).isNotDone();
    clock.advance(Duration.ofSeconds(1));
    assertThat(answer).isCompletedWithValue("answer");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void endsLikeABlockingCallWouldWithoutWrapping() {
    Exception checked = new Exception("broken");
    Busy busy = new Busy();
    CompletableFuture<String> permanent =
        builder().build().callAsync(Flaky.failingWith(busy, checked)::callAsync);
    clock.advance(Duration.ofSeconds(1));
    assertThat(errorOf(permanent)).isSameAs(checked);
    assertThat(AttemptHistory.of(checked)).extracting(AttemptFailure::error).containsExactly(busy);

    CompletableFuture<String> exhausted =
        builder().maxAttempts(2).build().callAsync(Flaky.failingWith(busy, busy)::callAsync);
    clock.advance(Duration.ofSeconds(1));
    assertThat(errorOf(exhausted))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasMessageStartingWith("Gave up after 2 of 2 attempts over 1000 ms")
        .hasCause(busy);

    CompletableFuture<String> single = Retry.none().callAsync(Flaky.failingWith(busy)::callAsync);
    assertThat(errorOf(single)).isSameAs(busy);
  }

  @Test
  void theWrapperOfAFutureIsNoPartOfTheError() {
    IllegalStateException inner = new IllegalStateException("inner");
    CompletableFuture<String> answer =
        builder()
            .build()
            .callAsync(() -> CompletableFuture.failedFuture(new CompletionException(inner)));
    assertThat(errorOf(answer)).isSameAs(inner);
  }

  @Test
  void workThatThrowsInsteadOfReturningAFutureFailsLikeOneThatDoes() {
    Queue<RuntimeException> errors = new ArrayDeque<>(List.of(new Busy()));
    CompletableFuture<String> answer =
        builder()
            .build()
            .callAsync(
                () -> {
                  RuntimeException error = errors.poll();
                  if (error != null) {
                    throw error;
                  }
                  return CompletableFuture.completedFuture("answer");
                });
    clock.advance(Duration.ofSeconds(1));
    assertThat(answer).isCompletedWithValue("answer");
  }

  @Test
  void workThatReturnsNoFutureIsABug() {
    CompletableFuture<String> answer = builder().build().callAsync(() -> null);
    assertThat(errorOf(answer))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("The work gave no future, but null, for attempt 1");
  }

  @Test
  void eachAttemptKnowsItsNumberWhatWentBeforeAndTheDeadline() {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1), clock);
    List<Attempt> attempts = new ArrayList<>();
    Busy busy = new Busy();
    Flaky work = Flaky.failingWith(busy);
    var unused =
        builder()
            .build()
            .callAsync(
                deadline,
                attempt -> {
                  attempts.add(attempt);
                  return work.callAsync();
                });
    clock.advance(Duration.ofSeconds(1));

    assertThat(attempts)
        .extracting(Attempt::previousFailure)
        .containsExactly(Optional.empty(), Optional.of(busy));
    assertThat(attempts).extracting(Attempt::deadline).containsOnly(deadline);
  }

  @Test
  void aWaitBeyondTheDeadlineFailsNow() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), clock);
    Busy busy = new Busy(Duration.ofSeconds(30));
    CompletableFuture<String> answer =
        builder().build().callAsync(deadline, attempt -> CompletableFuture.failedFuture(busy));

    assertThat(errorOf(answer))
        .isInstanceOf(AttemptsExhaustedException.class)
        .hasMessageContaining("a wait of 30 s that was asked for, but only 5000 ms are left");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aDeadlineThatHasPassedFailsTheFutureAndNothingIsTried() {
    Flaky work = Flaky.failingWith();
    CompletableFuture<String> answer =
        builder()
            .build()
            .callAsync(Deadline.after(Duration.ZERO, clock), attempt -> work.callAsync());
    assertThat(errorOf(answer)).isInstanceOf(DeadlineExceededException.class);
    assertThat(work.calls()).isZero();
  }

  @Test
  void aTimerThatIsLateForTheDeadlineEndsTheCall() {
    VirtualClock late = VirtualClock.create();
    Deadline deadline = Deadline.after(Duration.ofMillis(1500), late);
    Flaky work = Flaky.failingWith(new Busy());
    CompletableFuture<String> answer =
        builder().build().callAsync(deadline, attempt -> work.callAsync());
    late.advance(Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(1));

    assertThat(errorOf(answer)).hasMessageContaining("the deadline passed during the wait");
    assertThat(work.calls()).isOne();
  }

  @Test
  void cancellingEndsTheWait() {
    Flaky work = Flaky.failingWith(new Busy());
    CompletableFuture<String> answer = builder().build().callAsync(work::callAsync);
    assertThat(clock.pending()).isOne();

    answer.cancel(true);
    assertThat(clock.pending()).isZero();
    clock.advance(Duration.ofMinutes(1));
    assertThat(work.calls()).isOne();
  }

  @Test
  void cancellingReachesTheAttemptInFlight() {
    List<CompletableFuture<String>> attempts = new ArrayList<>();
    CompletableFuture<String> answer =
        builder()
            .build()
            .callAsync(
                () -> {
                  attempts.add(new CompletableFuture<>());
                  return attempts.get(attempts.size() - 1);
                });
    attempts.get(0).completeExceptionally(new Busy());
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempts).hasSize(2);

    answer.cancel(true);
    assertThat(attempts.get(1)).isCancelled();
    clock.advance(Duration.ofMinutes(1));
    assertThat(attempts).hasSize(2);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void completingFromOutsideEndsTheCallToo() {
    CompletableFuture<String> attempt = new CompletableFuture<>();
    CompletableFuture<String> answer = builder().build().callAsync(() -> attempt);
    answer.complete("something else");
    assertThat(attempt).isCancelled();
    assertThat(answer).isCompletedWithValue("something else");
  }

  @Test
  void cancellingWhileTheAttemptIsBeingMadeReachesItAsSoonAsItIsThere() {
    Queue<Runnable> later = new ArrayDeque<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    List<CompletableFuture<String>> results = new ArrayList<>();
    Retry retry = builder().executor(later::add).build();
    results.add(
        retry.callAsync(
            Deadline.never(),
            attempt -> {
              if (attempt.number() == 1) {
                return CompletableFuture.failedFuture(new Busy());
              }
              results.get(0).cancel(true);
              return second;
            }));
    clock.advance(Duration.ofSeconds(1));
    later.remove().run();
    assertThat(second).isCancelled();
  }

  @Test
  void cancellingBeforeTheExecutorComesToTheAttemptSparesIt() {
    Queue<Runnable> later = new ArrayDeque<>();
    Flaky work = Flaky.failingWith(new Busy());
    CompletableFuture<String> answer =
        builder().executor(later::add).build().callAsync(work::callAsync);
    clock.advance(Duration.ofSeconds(1));
    answer.cancel(true);
    later.remove().run();
    assertThat(work.calls()).isOne();
  }

  @Test
  void anAttemptThatIsCancelledByItselfIsNotRetried() {
    CompletableFuture<String> attempt = new CompletableFuture<>();
    CompletableFuture<String> answer = builder().build().callAsync(() -> attempt);
    attempt.cancel(true);
    assertThat(errorOf(answer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void laterAttemptsBeginOnTheExecutor() {
    Queue<Runnable> later = new ArrayDeque<>();
    Flaky work = Flaky.failingWith(new Busy());
    CompletableFuture<String> answer =
        builder().executor(later::add).build().callAsync(work::callAsync);
    clock.advance(Duration.ofSeconds(1));
    assertThat(work.calls()).isOne();
    later.remove().run();
    assertThat(answer).isCompletedWithValue("answer");
  }

  @Test
  void anExecutorThatRefusesEndsTheCall() {
    RejectedExecutionException refusal = new RejectedExecutionException("shut down");
    Busy busy = new Busy();
    CompletableFuture<String> answer =
        builder()
            .executor(
                task -> {
                  throw refusal;
                })
            .build()
            .callAsync(Flaky.failingWith(busy)::callAsync);
    clock.advance(Duration.ofSeconds(1));
    assertThat(errorOf(answer)).isSameAs(refusal);
    assertThat(AttemptHistory.of(refusal)).extracting(AttemptFailure::error).containsExactly(busy);
  }

  @Test
  void aClockThatGivesNoTimerEndsTheCall() {
    IllegalStateException broken = new IllegalStateException("no timers");
    Busy busy = new Busy();
    CompletableFuture<String> answer =
        builder().time(new NoTimers(broken)).build().callAsync(Flaky.failingWith(busy)::callAsync);
    assertThat(errorOf(answer)).isSameAs(broken);
    assertThat(AttemptHistory.of(broken)).extracting(AttemptFailure::error).containsExactly(busy);
  }

  private record NoTimers(RuntimeException broken) implements Time {
    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {}

    @Override
    public Timer after(Duration delay, Runnable action) {
      throw broken;
    }
  }

  @Test
  void worksOnTheMachinesOwnTime() throws Exception {
    Retry retry = Retry.builder().fixed(Duration.ofMillis(1)).build();
    Flaky work = Flaky.failingWith(new Busy(), new Busy());
    assertThat(retry.callAsync(work::callAsync).get()).isEqualTo("answer");
    assertThat(work.calls()).isEqualTo(3);
    assertThatThrownBy(
            () -> retry.callAsync(Flaky.failingWith(new Error("fatal"))::callAsync).get())
        .hasRootCauseInstanceOf(Error.class);
  }

  @Test
  void tenThousandPendingRetriesHoldNoThreads() {
    int calls = 10_000;
    Retry retry = builder().build();
    int before = ManagementFactory.getThreadMXBean().getThreadCount();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(retry.callAsync(Flaky.failingWith(new Busy(), new Busy())::callAsync));
    }
    int pending = ManagementFactory.getThreadMXBean().getThreadCount();
    System.out.printf("%d retries pending: %d threads, %d before%n", calls, pending, before);

    assertThat(clock.pending()).isEqualTo(calls);
    // The JVM itself may start or end one or two of its own meanwhile.
    assertThat(pending - before).isLessThan(10);
    clock.advance(Duration.ofSeconds(2));
    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue("answer"));
    assertThat(clock.pending()).isZero();
  }
}
