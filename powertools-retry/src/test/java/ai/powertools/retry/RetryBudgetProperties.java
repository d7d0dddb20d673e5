package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Laws of the retry budget, against arithmetic in millionths of a retry. */
class RetryBudgetProperties {
  private static final long TOKEN = 1_000_000;

  @Test
  void theBudgetIsATokenBucketToTheMillionth() throws Exception {
    Law.holds(2000, RetryBudgetProperties::checkModel);
  }

  private static void checkModel(Random random) {
    long millionths = 1L + random.nextInt(2_000_000);
    int reserve = random.nextInt(5);
    int burst = random.nextInt(10);
    RetryBudget budget =
        RetryBudget.builder(millionths / 1e6).reserve(reserve).burst(burst).build();
    long capacity = Math.max(reserve, burst) * TOKEN;
    long units = reserve * TOKEN;
    int taken = 0;
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          budget.onCall();
          units = Math.min(capacity, units + millionths);
        }
        case 1 -> {
          boolean expected = units >= TOKEN;
          assertThat(budget.tryRetry()).isEqualTo(expected);
          if (expected) {
            units -= TOKEN;
            taken++;
          }
        }
        default -> {
          if (taken > 0) {
            taken--;
            budget.giveBack();
            units = Math.min(capacity, units + TOKEN);
          }
        }
      }
      assertThat(budget.available()).isEqualTo(units / TOKEN);
    }
  }

  @Test
  void retriesStayWithinTheShareOverTheWholeLifeAndInAnyStretchOfIt() throws Exception {
    Law.holds(1000, RetryBudgetProperties::checkStretches);
  }

  private static void checkStretches(Random random) {
    double share = 0.01 + random.nextDouble();
    int reserve = random.nextInt(20);
    int burst = random.nextInt(50);
    RetryBudget budget = RetryBudget.builder(share).reserve(reserve).burst(burst).build();
    List<Double> steps = new ArrayList<>();
    double greed = random.nextDouble();
    boolean outage = false;
    for (int i = 0; i < 1000; i++) {
      outage ^= random.nextInt(100) == 0;
      if (random.nextDouble() < (outage ? greed : 0)) {
        if (budget.tryRetry()) {
          steps.add(1.0);
          if (random.nextInt(10) == 0) {
            budget.giveBack();
            steps.remove(steps.size() - 1);
          }
        }
      } else {
        budget.onCall();
        steps.add(-share);
      }
    }
    double whole = steps.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(whole).as("retries less share of calls").isLessThanOrEqualTo(reserve + 1e-6);
    assertThat(largestStretch(steps))
        .as("retries less share of calls in the worst stretch")
        .isLessThanOrEqualTo(Math.max(reserve, burst) + 1e-6);
  }

  /** The largest sum of neighbours. */
  private static double largestStretch(List<Double> steps) {
    double best = 0;
    double current = 0;
    for (double step : steps) {
      current = Math.max(0, current + step);
      best = Math.max(best, current);
    }
    return best;
  }

  @Test
  void whatComesWithTimeIsNeitherMoreNorLessHoweverOftenSomebodyAsks() throws Exception {
    Law.holds(
        500,
        random -> {
          VirtualClock clock = VirtualClock.create();
          double perSecond = Math.pow(10, random.nextDouble() * 6 - 1);
          RetryBudget budget =
              RetryBudget.builder(1e-6)
                  .reserve(0)
                  .burst(Integer.MAX_VALUE)
                  .minPerSecond(perSecond)
                  .time(clock)
                  .build();
          long taken = 0;
          for (int i = 0; i < 500; i++) {
            clock.advance(Duration.ofNanos(random.nextLong() >>> (40 + random.nextInt(24))));
            taken += budget.tryRetry() ? 1 : 0;
          }
          clock.advance(Duration.ofMillis(1 + random.nextInt(1000)));
          double due = clock.elapsed().toNanos() / 1e9 * perSecond;
          double had = taken + budget.available();
          assertThat(had).isLessThanOrEqualTo(due + 1e-3);
          assertThat(had).isGreaterThan(due * (1 - 1e-4) - 1.001);
        });
  }

  @Test
  void theFastestRateThereIsFillsItAndNoMore() {
    VirtualClock clock = VirtualClock.create();
    for (double perSecond : new double[] {1e9, 1e15, Double.MAX_VALUE}) {
      RetryBudget budget =
          RetryBudget.builder(0.1).burst(50).minPerSecond(perSecond).time(clock).build();
      clock.advance(Duration.ofDays(30));
      assertThat(budget.available()).as("at %s per second", perSecond).isEqualTo(50);
    }
  }

  @Test
  void sharesAreWhatTheirDecimalsSay() {
    RetryBudget budget = RetryBudget.builder(0.57).reserve(0).build(); // 0.57 × 10^6 < 570000
    for (int call = 0; call < 100; call++) {
      budget.onCall();
    }
    assertThat(budget.available()).isEqualTo(57);
  }

  @Test
  void threadsNeitherMakeNorLoseTokens() throws Exception {
    int threads = 4;
    int steps = 20_000;
    int reserve = 1000;
    RetryBudget budget =
        RetryBudget.builder(0.25).reserve(reserve).burst(Integer.MAX_VALUE).build();
    AtomicLong calls = new AtomicLong();
    AtomicLong made = new AtomicLong();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Random random = new Random(Law.SEED + i);
      Thread thread =
          new Thread(
              () -> {
                awaitQuietly(start);
                for (int step = 0; step < steps; step++) {
                  if (random.nextInt(3) == 0) {
                    budget.onCall();
                    calls.incrementAndGet();
                  } else if (budget.tryRetry()) {
                    if (random.nextInt(3) == 0) {
                      budget.giveBack();
                    } else {
                      made.incrementAndGet();
                    }
                  }
                }
              });
      thread.start();
      running.add(thread);
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    System.out.printf(
        "powertools.seed=%d: %d threads, %d calls, %d retries made%n",
        Law.SEED, threads, calls.get(), made.get());
    long units = reserve * TOKEN + calls.get() * 250_000 - made.get() * TOKEN;
    assertThat(units).isNotNegative();
    assertThat(budget.available()).isEqualTo(units / TOKEN);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
