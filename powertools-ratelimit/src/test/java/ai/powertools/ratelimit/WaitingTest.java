package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Threads;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The line of those who wait: with a thread, with a future, and who gives up. */
@Timeout(60)
class WaitingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock clock = VirtualClock.create();

  private RateLimiterBuilder builder() {
    return RateLimiter.builder().name("openai").time(clock).executor(Runnable::run);
  }

  private static void awaitWaiting(RateLimiter limiter, int waiting) throws InterruptedException {
    while (limiter.state().waiting() != waiting) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the test has run out of time");
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void aThreadWaitsUntilItsTurn() throws Exception {
    RateLimiter limiter = builder().requestsPerMinute(60).build();
    limiter.acquire(Demand.request()).close();
    try (Closing threads = new Closing()) {
      Future<Permit> waiting = threads.submit(() -> limiter.acquire(Demand.request()));
      awaitWaiting(limiter, 1);
      clock.advance(SECOND.minusNanos(1));
      assertThat(limiter.state().waiting()).isEqualTo(1);
      clock.advance(Duration.ofNanos(1));
      waiting.get().close();
    }
    assertThat(limiter.state().inFlight()).isZero();
  }

  @Test
  void anInterruptedThreadHoldsNothingAndTheNextOneGoes() throws Exception {
    RateLimiter limiter = builder().concurrency(1).tokensPer(100, SECOND, 100).build();
    Permit held = limiter.acquire(Demand.tokens(10));
    AtomicBoolean flag = new AtomicBoolean();
    List<Throwable> seen = new ArrayList<>();
    Thread thread =
        Threads.factory("waits")
            .newThread(
                () -> {
                  seen.add(catchThrowable(() -> limiter.acquire(Demand.tokens(80))));
                  flag.set(Thread.currentThread().isInterrupted());
                });
    thread.start();
    awaitWaiting(limiter, 1);
    CompletableFuture<Permit> next = limiter.acquireAsync(Demand.tokens(70));
    thread.interrupt();
    thread.join();
    assertThat(seen.get(0))
        .isInstanceOf(CancelledException.class)
        .hasMessage(
            "Interrupted while waiting for limiter \"openai\" to let a request of 80 tokens"
                + " through.");
    assertThat(flag).isTrue();
    held.close();
    assertThat(next).isCompleted();
    assertThat(limiter.state().availableTokens()).hasValue(20);
  }

  @Test
  void anInterruptThatWasThereBeforeCountsEvenWhenTheWayIsFree() {
    RateLimiter limiter = builder().build();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> limiter.acquire(Demand.request()))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(limiter.state().inFlight()).isZero();
  }

  @Test
  void aThreadThatIsRefusedLaterIsToldSoOnItsOwnStack() throws Exception {
    RateLimiter limiter = builder().build();
    limiter.backOff(SECOND);
    try (Closing threads = new Closing()) {
      Future<Throwable> refused =
          threads.submit(
              () -> catchThrowable(() -> limiter.acquire(Demand.request().within(SECOND))));
      awaitWaiting(limiter, 1);
      limiter.backOff(Duration.ofSeconds(2));
      assertThat(refused.get()).isInstanceOf(RateLimitExceededException.class);
      assertThat(refused.get().getStackTrace())
          .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("acquire"));
    }
  }

  @Test
  void nobodyIsOvertakenByALighterOne() {
    RateLimiter limiter = builder().tokensPer(100, SECOND, 100).build();
    limiter.acquire(Demand.tokens(90)).close();
    CompletableFuture<Permit> heavy = limiter.acquireAsync(Demand.tokens(100));
    CompletableFuture<Permit> light = limiter.acquireAsync(Demand.tokens(1));
    assertThat(limiter.tryAcquire(Demand.tokens(1))).isEmpty();
    clock.advance(Duration.ofMillis(899));
    assertThat(heavy).isNotDone();
    assertThat(light).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(heavy).isCompleted();
    assertThat(light).isNotDone();
    clock.advance(Duration.ofMillis(10));
    assertThat(light).isCompleted();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aNewcomerIsMeasuredAgainstAllWhoWaitBeforeIt() {
    RateLimiter limiter = builder().requestsPer(1, SECOND).build();
    limiter.acquire(Demand.request()).close();
    for (int i = 0; i < 5; i++) {
      assertThat(limiter.acquireAsync(Demand.request())).isNotDone();
    }
    Demand sixth = Demand.request().within(Duration.ofMillis(5999));
    assertThatThrownBy(() -> limiter.acquire(sixth))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> assertThat(refused.retryAfter()).contains(Duration.ofSeconds(6)));
    assertThat(limiter.acquireAsync(Demand.request().within(Duration.ofSeconds(6)))).isNotDone();
  }

  @Test
  void aCancelledFutureLeavesTheLineAndTheNextMovesUp() {
    RateLimiter limiter = builder().tokensPer(100, SECOND, 100).build();
    limiter.acquire(Demand.tokens(100)).close();
    Demand patient = Demand.tokens(100).within(Duration.ofSeconds(9));
    CompletableFuture<Permit> first = limiter.acquireAsync(patient);
    CompletableFuture<Permit> second = limiter.acquireAsync(Demand.tokens(10));
    assertThat(first.cancel(true)).isTrue();
    clock.advance(Duration.ofMillis(100));
    assertThat(second).isCompleted();
    assertThat(limiter.state().waiting()).isZero();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aPermitThatLostTheRaceWithTheCancelGoesBack() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    RateLimiter limiter =
        builder().executor(tasks::add).tokensPer(100, SECOND, 100).concurrency(1).build();
    Permit held = limiter.acquire(Demand.tokens(60));
    CompletableFuture<Permit> first = limiter.acquireAsync(Demand.tokens(40));
    CompletableFuture<Permit> second = limiter.acquireAsync(Demand.tokens(40));
    held.close(); // decided, not yet told
    assertThat(limiter.state().inFlight()).isEqualTo(1);
    assertThat(first.cancel(true)).isTrue();
    tasks.remove().run();
    assertThat(limiter.state().inFlight()).isEqualTo(1);
    tasks.remove().run();
    assertThat(second).isCompleted();
    assertThat(limiter.state().availableTokens()).hasValue(0);
  }

  @Test
  void theWaitForAnotherCallToEndIsOverInTime() {
    RateLimiter limiter = builder().concurrency(1).build();
    Permit held = limiter.acquire(Demand.request());
    CompletableFuture<Permit> impatient = limiter.acquireAsync(Demand.request().within(SECOND));
    CompletableFuture<Permit> patient = limiter.acquireAsync(Demand.request());
    clock.advance(SECOND.minusNanos(1));
    assertThat(impatient).isNotDone();
    clock.advance(Duration.ofNanos(1));
    assertThat(catchThrowable(impatient::join))
        .hasRootCauseMessage(
            "Limiter \"openai\" does not let a request through within PT1S. In the way: 1 call at"
                + " once, until one ends. Try again later, allow a longer wait, or send the"
                + " call elsewhere.");
    held.close();
    assertThat(patient).isCompleted();
  }

  @Test
  void whoCannotWaitForADebtToBePaidOffIsRefusedWhenItIsMade() {
    RateLimiter limiter = builder().tokensPer(100, SECOND, 100).build();
    Permit call = limiter.acquire(Demand.tokens(100));
    CompletableFuture<Permit> impatient = limiter.acquireAsync(Demand.tokens(50).within(SECOND));
    CompletableFuture<Permit> patient = limiter.acquireAsync(Demand.tokens(50));
    call.used(151);
    assertThat(impatient).isCompletedExceptionally();
    clock.advance(Duration.ofMillis(1010)); // not after another 500 for the one that left
    assertThat(patient).isCompleted();
  }

  @Test
  void whoCannotWaitForThePauseToEndIsRefusedWhenItBegins() {
    RateLimiter limiter = builder().requestsPer(1, SECOND).build();
    limiter.acquire(Demand.request()).close();
    CompletableFuture<Permit> first = limiter.acquireAsync(Demand.request().within(SECOND));
    CompletableFuture<Permit> second =
        limiter.acquireAsync(Demand.request().within(Duration.ofSeconds(5)));
    limiter.backOff(Duration.ofSeconds(5));
    assertThat(first).isCompletedExceptionally();
    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(second).isNotDone();
    clock.advance(Duration.ofNanos(1));
    assertThat(second).isCompleted();
  }

  @Test
  void whatGoesBackLetsTheNextThroughEarlier() {
    RateLimiter limiter = builder().tokensPer(100, SECOND, 100).build();
    Permit call = limiter.acquire(Demand.tokens(100));
    CompletableFuture<Permit> next = limiter.acquireAsync(Demand.tokens(100));
    clock.advance(Duration.ofMillis(200));
    call.used(20);
    assertThat(next).isCompleted();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void whatHangsOnAFutureRunsWhereItHoldsNobodyUp() {
    RateLimiter limiter = RateLimiter.builder().time(clock).requestsPer(1, SECOND).build();
    limiter.acquire(Demand.request()).close();
    CompletableFuture<Thread> where =
        limiter.acquireAsync(Demand.request()).thenApply(permit -> Thread.currentThread());
    clock.advance(SECOND);
    assertThat(where.join()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void anExecutorThatWasShutDownKeepsNobodyWaiting() {
    ExecutorService gone = Threads.perTask("gone");
    gone.shutdown();
    RateLimiter limiter = builder().executor(gone).requestsPer(1, SECOND).build();
    limiter.acquire(Demand.request()).close();
    CompletableFuture<Permit> next = limiter.acquireAsync(Demand.request());
    clock.advance(SECOND);
    assertThat(next).isCompleted();
  }

  /** An executor that a try block can close, on 17 too. */
  private static final class Closing implements AutoCloseable {
    private final ExecutorService threads = Threads.perTask("waiting-test");

    <T> Future<T> submit(java.util.concurrent.Callable<T> task) {
      return threads.submit(task);
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }
}
