package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Threads;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sixteen real threads at one limiter. */
@Timeout(120)
class ThreadsTest {
  private static final int THREADS = 16;
  private static final int CALLS = 2000;
  private static final int AT_ONCE = 4;

  /** The clock stands: what is missing in the end was taken by a call and not given back. */
  private final VirtualClock clock = VirtualClock.create();

  private final ThreadFactory factory = Threads.factory("calls");
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicInteger interrupted = new AtomicInteger();

  private final RateLimiter limiter =
      RateLimiter.builder()
          .time(clock)
          .requestsPer(1_000_000, Duration.ofDays(1))
          .tokensPer(1_000_000_000, Duration.ofDays(1))
          .burst(1)
          .concurrency(3)
          .build();

  private void call(Random random) {
    int size = random.nextInt(100);
    try (Permit permit = limiter.acquire(Demand.tokens(size))) {
      int now = inFlight.incrementAndGet();
      most.accumulateAndGet(now, Math::max);
      Thread.onSpinWait();
      inFlight.decrementAndGet();
      if (random.nextInt(5) == 0) {
        permit.cancel();
      } else {
        int used = random.nextInt(150);
        permit.used(used);
        requests.incrementAndGet();
        tokens.addAndGet(used);
      }
    } catch (CancelledException e) {
      assertThat(Thread.interrupted()).isTrue();
      interrupted.incrementAndGet();
    }
  }

  private void assertNothingLeaked() {
    LimiterState state = limiter.state();
    assertThat(most.get()).isLessThanOrEqualTo(3);
    assertThat(state.inFlight()).isZero();
    assertThat(state.waiting()).isZero();
    assertThat(state.availableRequests()).hasValue(1_000_000 - requests.get());
    assertThat(state.availableTokens()).hasValue(1_000_000_000 - tokens.get());
    assertThat(clock.pending()).isZero();
  }

  @Test
  void neverMoreAtOnceThanAllowedAndInterruptsLeakNothing() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      Thread thread =
          factory.newThread(
              () -> {
                for (int call = 0; call < CALLS; call++) {
                  call(random);
                }
              });
      thread.setUncaughtExceptionHandler(
          (dead, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    Random random = new Random(7);
    while (threads.stream().anyMatch(Thread::isAlive)) {
      assertThat(Thread.interrupted()).as("out of time").isFalse();
      threads.get(random.nextInt(THREADS)).interrupt();
      Thread.onSpinWait();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(interrupted.get()).isPositive();
    assertNothingLeaked();
  }

  @Test
  void futuresThatAreCancelledAsTheyAreDecidedLeakNothing() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger got = new AtomicInteger();
    AtomicInteger cancelled = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      threads.add(
          factory.newThread(
              () -> {
                for (int call = 0; call < CALLS; call += AT_ONCE) {
                  askAndCancelSome(random, got, cancelled);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(got.get() + cancelled.get()).isEqualTo(THREADS * CALLS);
    assertThat(got.get()).isPositive();
    assertThat(cancelled.get()).isPositive();
    // A permit that lost the race goes back on a thread of its own: it may still be on its way.
    while (limiter.state().inFlight() > 0) {
      assertThat(Thread.interrupted()).as("out of time").isFalse();
      Thread.onSpinWait();
    }
    assertNothingLeaked();
  }

  private void askAndCancelSome(Random random, AtomicInteger got, AtomicInteger cancelled) {
    List<CompletableFuture<Permit>> asked = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      asked.add(limiter.acquireAsync(Demand.tokens(random.nextInt(100))));
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (CompletableFuture<Permit> future : asked) {
      if (random.nextBoolean() && future.cancel(false)) {
        cancelled.incrementAndGet();
      } else {
        got.incrementAndGet();
        ends.add(future.thenAccept(Permit::cancel));
      }
    }
    ends.forEach(CompletableFuture::join);
  }
}
