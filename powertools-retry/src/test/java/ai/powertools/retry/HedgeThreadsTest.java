package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls beside calls that take long and block, each on a thread of its own. */
class HedgeThreadsTest {
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final VirtualClock clock = VirtualClock.create();
  private final CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();
  private final CountDownLatch never = new CountDownLatch(1);

  private final ErrorHandler handler =
      ErrorHandler.builder()
          .retry(Retry.builder().time(clock).maxAttempts(1).build())
          .circuitBreakers(breakers)
          .hedge(Hedge.after(DELAY))
          .build();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  /** Lets the time of the hedge come, once its timer is there. */
  private void passTheDelay() {
    while (clock.pending() == 0) {
      Thread.onSpinWait();
    }
    clock.advance(DELAY);
  }

  @Test
  void theLoserIsInterruptedAndNotHeldAgainstTheOtherSide() {
    CompletableFuture<Throwable> loser = new CompletableFuture<>();
    String answer =
        handler.call(
            CallOptions.none(),
            attempt -> {
              if (attempt.hedge() == 1) {
                return "second";
              }
              passTheDelay();
              Throwable interrupt = catchThrowable(never::await);
              loser.complete(interrupt);
              throw (Exception) interrupt;
            });

    assertThat(answer).isEqualTo("second");
    assertThat(loser.join()).isInstanceOf(InterruptedException.class);
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfFailedCalls()).isZero();
  }

  @Test
  void aLoserThatSaysSomethingElseIsNotHeldAgainstTheOtherSideEither() throws Exception {
    AtomicReference<Thread> first = new AtomicReference<>();
    handler.call(
        CallOptions.none(),
        attempt -> {
          if (attempt.hedge() == 1) {
            return "second";
          }
          first.set(Thread.currentThread());
          passTheDelay();
          try {
            never.await();
          } catch (InterruptedException e) {
            // As clients do whose own errors are all of I/O.
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
          }
          return "never";
        });

    first.get().join();
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfFailedCalls()).isZero();
  }

  @Test
  void callsHaveThreadsOfTheirOwnAndTheDeadlineOfTheCaller() {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1), clock);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    List<Deadline> deadlines = new CopyOnWriteArrayList<>();
    handler.call(
        CallOptions.none().deadline(deadline),
        attempt -> {
          threads.add(Thread.currentThread());
          deadlines.add(Deadline.current());
          if (attempt.hedge() == 0) {
            passTheDelay();
            never.await();
          }
          return "answer";
        });

    assertThat(threads).hasSize(2).doesNotHaveDuplicates().doesNotContain(Thread.currentThread());
    assertThat(deadlines).containsExactly(deadline, deadline);
    assertThat(Deadline.current().isNever()).isTrue();
  }

  @Test
  void errorsComeThroughAsTheyAre() {
    Busy busy = new Busy();
    assertThatThrownBy(() -> handler.call(Flaky.failingWith(busy))).isSameAs(busy);

    Error error = new Error("for the test");
    assertThat(catchThrowable(() -> handler.call(Flaky.failingWith(error)))).isSameAs(error);

    CancellationException cancelled = new CancellationException("called off");
    assertThatThrownBy(() -> handler.call(Flaky.failingWith(cancelled))).isSameAs(cancelled);

    IOException checked = new IOException("reset");
    assertThatThrownBy(() -> handler.call(Flaky.failingWith(checked)))
        .isInstanceOf(CallFailedException.class)
        .hasCause(checked);
  }

  @Test
  void anInterruptOfTheCallerReachesAllCalls() throws Exception {
    CountDownLatch bothBegun = new CountDownLatch(2);
    CountDownLatch bothInterrupted = new CountDownLatch(2);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    AttemptCall<String> work =
        attempt -> {
          bothBegun.countDown();
          if (attempt.hedge() == 0) {
            passTheDelay();
          }
          try {
            never.await();
          } catch (InterruptedException e) {
            bothInterrupted.countDown();
            throw e;
          }
          return "never";
        };
    Thread caller =
        new Thread(
            () -> {
              thrown.set(catchThrowable(() -> handler.call(CallOptions.none(), work)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    bothBegun.await();
    caller.interrupt();
    caller.join();
    bothInterrupted.await();

    assertThat(thrown.get())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while waiting for attempt 1.");
    assertThat(flag.get()).isTrue();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void eachCallHasATimeoutOfItsOwn() {
    ErrorHandler timed =
        ErrorHandler.builder()
            .retry(Retry.builder().time(clock).maxAttempts(1).build())
            .timeout(DELAY.multipliedBy(3))
            .hedge(Hedge.after(DELAY))
            .build();
    CountDownLatch secondBegun = new CountDownLatch(1);
    List<Attempt> cutShort = new CopyOnWriteArrayList<>();
    String answer =
        timed.call(
            CallOptions.none(),
            attempt -> {
              if (attempt.hedge() == 1) {
                secondBegun.countDown();
                while (cutShort.isEmpty()) {
                  Thread.onSpinWait();
                }
                return "second";
              }
              // The timers of the timeout and of the hedge.
              while (clock.pending() < 2) {
                Thread.onSpinWait();
              }
              clock.advance(DELAY);
              secondBegun.await();
              clock.advance(DELAY.multipliedBy(2));
              Throwable interrupt = catchThrowable(never::await);
              cutShort.add(attempt);
              throw (Exception) interrupt;
            });
    assertThat(answer).isEqualTo("second");
    assertThat(cutShort).extracting(Attempt::hedge).containsExactly(0);
  }
}
