package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The laws of the limiter, over random traffic on a virtual clock. */
@Timeout(
    value = 600,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a wait without end is a loop
class RateLimiterProperties {
  private static final int OPERATIONS = Integer.getInteger("powertools.model.operations", 200_000);
  private static final int PER_ROUND = 1000;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  @Test
  void everySlidingWindowRespectsTheLawAndAtRestNothingIsOut() {
    Random random = new Random(SEED);
    long grants = 0;
    long refusals = 0;
    for (int done = 0; done < OPERATIONS; done += PER_ROUND) {
      String label = "-Dpowertools.seed=" + SEED + ", operation " + done;
      LimiterModel model = new LimiterModel(random, label);
      for (int i = 0; i < PER_ROUND; i++) {
        model.step();
      }
      model.rest();
      grants += model.grants();
      refusals += model.refusals();
    }
    // A model that only ever refuses, or never, proves nothing.
    assertThat(grants).as("seed " + SEED).isGreaterThan(OPERATIONS / 20);
    assertThat(refusals).as("seed " + SEED).isGreaterThan(OPERATIONS / 100);
  }

  @Test
  void theEarliestTimeOfARefusalIsWhenTheSameCallWouldHaveGone() {
    Random random = new Random(SEED);
    for (int round = 0; round < OPERATIONS / PER_ROUND; round++) {
      String label = "-Dpowertools.seed=" + SEED + ", round " + round;
      Scenario scenario = Scenario.random(random, false);
      List<CompletableFuture<Permit>> before = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        before.add(scenario.limiter().acquireAsync(Demand.tokens(scenario.size(random))));
        scenario.clock().advance(Duration.ofNanos(random.nextInt(1_000_000)));
      }
      before.stream().filter(future -> random.nextInt(5) == 0).forEach(f -> giveUp(f, random));
      Demand demand = Demand.tokens(scenario.size(random));
      CompletableFuture<Permit> atOnce =
          scenario.limiter().acquireAsync(demand.within(Duration.ZERO));
      long asked = scenario.clock().nanos();
      List<Long> granted = new ArrayList<>();
      var later =
          scenario
              .limiter()
              .acquireAsync(demand)
              .thenRun(() -> granted.add(scenario.clock().nanos() - asked));
      while (scenario.clock().advanceToNext()) {
        // until nobody waits
      }
      assertThat(later).as(label).isCompleted();
      long predicted =
          atOnce
              .handle(
                  (permit, refusal) ->
                      refusal == null
                          ? 0
                          : ((RateLimitExceededException) refusal)
                              .retryAfter()
                              .orElseThrow()
                              .toNanos())
              .join();
      if (atOnce.isCompletedExceptionally()) {
        assertThat(granted.get(0)).as(label).isEqualTo(predicted);
      }
    }
  }

  /** Makes it better, or worse, for those who wait behind. */
  private static void giveUp(CompletableFuture<Permit> future, Random random) {
    if (future.cancel(false)) {
      return;
    }
    Permit permit = future.join();
    if (random.nextBoolean()) {
      permit.cancel();
    } else {
      permit.used(random.nextInt((int) permit.reserved() + 2));
    }
  }

  @Test
  void aHeavyCallIsLetThroughWithinOneWindowHoweverManyLightOnesCome() {
    Random random = new Random(SEED);
    for (int round = 0; round < OPERATIONS / PER_ROUND; round++) {
      Scenario scenario = Scenario.random(random, false);
      RateLimiter limiter = scenario.limiter();
      while (limiter.tryAcquire(Demand.tokens(1)).isPresent()) {
        // until nothing is there
      }
      CompletableFuture<Permit> heavy = limiter.acquireAsync(Demand.tokens(scenario.largest()));
      long end = scenario.clock().nanos() + scenario.longestWindow().toNanos();
      while (scenario.clock().nanos() < end) {
        var unused = limiter.acquireAsync(Demand.tokens(1).within(scenario.longestWindow()));
        long step =
            Math.min(end - scenario.clock().nanos(), scenario.longestWindow().toNanos() / 50);
        scenario.clock().advance(Duration.ofNanos(step));
      }
      assertThat(heavy).as("-Dpowertools.seed=%d, round %d", SEED, round).isCompleted();
    }
  }
}
