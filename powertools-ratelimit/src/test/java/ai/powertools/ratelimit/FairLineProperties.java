package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets what share of what comes in, on a clock that only the test turns. */
@Timeout(300)
class FairLineProperties {
  private static final int ROUNDS =
      Integer.getInteger("powertools.model.operations", 200_000) / 4000;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int RATE = 1000; // tokens per second

  private final VirtualClock clock = VirtualClock.create();

  private RateLimiterBuilder builder() {
    return RateLimiter.builder().time(clock).executor(Runnable::run);
  }

  /** What one flow got, call by call, and what it still waits for. */
  private static final class Flow {
    final Demand demand;
    final int weight;
    final int largest;
    final List<Long> got = new ArrayList<>(List.of(0L));
    final List<CompletableFuture<Permit>> waiting = new ArrayList<>();

    Flow(Demand demand, int weight, int largest) {
      this.demand = demand;
      this.weight = weight;
      this.largest = largest;
    }

    long sum() {
      return got.get(got.size() - 1);
    }

    void ask(RateLimiter limiter, int tokens, List<Flow> all) {
      CompletableFuture<Permit> future = limiter.acquireAsync(demand.and(Dimension.TOKENS, tokens));
      waiting.add(future);
      var unused =
          future.thenAccept(
              permit ->
                  all.forEach(flow -> flow.got.add(flow.sum() + (flow == this ? tokens : 0))));
    }
  }

  private RateLimiter limiter() {
    return builder()
        .tokensPer(RATE, SECOND, 1)
        .weights(16, 4, 1)
        .tenantWeights(Integer::parseInt)
        .build();
  }

  private static List<Flow> priorities(Random random) {
    List<Flow> flows = new ArrayList<>();
    int[] weights = {16, 4, 1};
    for (Priority priority : Priority.values()) {
      int weight = weights[flows.size()];
      flows.add(
          new Flow(
              Demand.request().tenant("1").priority(priority), weight, 1 + random.nextInt(200)));
    }
    return flows;
  }

  private static List<Flow> tenants(Random random) {
    List<Flow> flows = new ArrayList<>();
    for (int weight = 1; weight <= 4; weight++) {
      Demand demand = Demand.request().tenant(String.valueOf(weight));
      flows.add(new Flow(demand, weight, 1 + random.nextInt(200)));
    }
    return flows;
  }

  /**
   * The bound of start-time fair queueing (Goyal, Vin, Cheng, 1996): of two flows that always wait,
   * what each got by its weight differs over any interval by no more than a largest call of each.
   */
  private static void assertFair(List<Flow> flows, String label) {
    for (Flow one : flows) {
      for (Flow other : flows) {
        double bound = (double) one.largest / one.weight + (double) other.largest / other.weight;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < one.got.size(); i++) {
          double ahead =
              (double) one.got.get(i) / one.weight - (double) other.got.get(i) / other.weight;
          least = Math.min(least, ahead);
          assertThat(ahead - least)
              .as("%s: weight %d against %d", label, one.weight, other.weight)
              .isLessThanOrEqualTo(bound * (1 + 1e-9));
        }
      }
    }
  }

  private void assertFairWhereAllAlwaysWait(List<Flow> flows, Random random, String label) {
    RateLimiter limiter = limiter();
    limiter.acquire(Demand.tokens(RATE).tenant("1")).close(); // the first has to wait, too
    for (int i = 0; i < 200; i++) {
      for (Flow flow : flows) {
        while (flow.waiting.stream().filter(future -> !future.isDone()).count() < 20) {
          flow.ask(limiter, 1 + random.nextInt(flow.largest), flows);
        }
        flow.waiting.removeIf(CompletableFuture::isDone);
      }
      // Short enough that nobody's line runs empty.
      clock.advance(Duration.ofMillis(1 + random.nextInt(15)));
    }
    assertFair(flows, label);
    assertThat(flows).as(label).allMatch(flow -> flow.sum() > 0);
  }

  @Test
  void prioritiesThatAlwaysWaitShareByTheirWeights() {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      assertFairWhereAllAlwaysWait(
          priorities(random), random, "-Dpowertools.seed=" + (SEED + round));
    }
  }

  @Test
  void tenantsThatAlwaysWaitShareByTheirWeights() {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      assertFairWhereAllAlwaysWait(tenants(random), random, "-Dpowertools.seed=" + (SEED + round));
    }
  }

  @Test
  void callsThatGaveUpCostTheirTenantNothing() {
    RateLimiter limiter = limiter();
    limiter.acquire(Demand.tokens(RATE).tenant("1")).close();
    List<Flow> flows = new ArrayList<>();
    flows.add(new Flow(Demand.request().tenant("1"), 1, 10));
    flows.add(new Flow(Demand.request().tenant("01"), 1, 10));
    for (int i = 0; i < 100; i++) {
      flows.forEach(flow -> flow.ask(limiter, 10, flows));
    }
    flows.get(0).waiting.subList(0, 50).forEach(future -> future.cancel(false));
    clock.advance(SECOND.plus(SECOND));
    assertFair(flows, "after fifty gave up");
    assertThat(flows.get(0).sum()).isPositive();
  }

  @Test
  void aHeavyCallGoesWithinItsOwnTimeAndOneCallOfEachOther() {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      int burst = 1 + random.nextInt(50);
      RateLimiter limiter = builder().tokensPer(RATE, SECOND, burst).build();
      limiter.acquire(Demand.tokens(RATE)).close();
      int light = 1 + random.nextInt(20);
      int others = 1 + random.nextInt(8);
      CompletableFuture<Permit> heavy =
          limiter.acquireAsync(Demand.tokens(RATE).tenant("heavy").priority(Priority.LOW));
      long begun = clock.nanos();
      while (!heavy.isDone()) {
        for (int i = 0; i < others; i++) {
          var unused = limiter.acquireAsync(Demand.tokens(light).tenant("t" + i));
        }
        clock.advance(Duration.ofMillis(5));
      }
      // Debts of a whole second, the burst that a heavy one waits for, and one call of each other.
      long most = (RATE + burst + (long) others * light) * 1_000_000 + 5_000_000;
      assertThat(clock.nanos() - begun)
          .as("-Dpowertools.seed=%d", SEED + round)
          .isLessThanOrEqualTo(most);
    }
  }

  @Test
  void aHeavyUserInFrontOfProvidersIsNotHeldUpByLightOnes() {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      int burst = 1 + random.nextInt(50);
      Limits ofProvider = Limits.of(Limit.of(Dimension.TOKENS, RATE, SECOND).burst(burst));
      Limits ofUser = Limits.of(Limit.of(Dimension.TOKENS, RATE / 2, SECOND).burst(burst));
      RateLimiter limiter =
          builder().level("provider", key -> ofProvider).levelApart("user", key -> ofUser).build();
      limiter.acquire(Demand.tokens(100).at("p", "heavy")).close();
      int light = 1 + random.nextInt(10);
      int others = 1 + random.nextInt(5);
      CompletableFuture<Permit> heavy =
          limiter.acquireAsync(Demand.tokens(RATE / 2).tenant("heavy").at("p", "heavy"));
      long begun = clock.nanos();
      while (!heavy.isDone()) {
        for (int i = 0; i < others; i++) {
          var unused = limiter.acquireAsync(Demand.tokens(light).tenant("t" + i).at("p", "u" + i));
        }
        clock.advance(Duration.ofMillis(5));
      }
      // First at its own place: its debt and a burst. Then in its turn at the provider's.
      long atUser = 2L * (100 + burst) * 1_000_000;
      long atProvider = (100L + burst + 2L * others * (light + burst)) * 1_000_000;
      assertThat(clock.nanos() - begun)
          .as("-Dpowertools.seed=%d", SEED + round)
          .isLessThanOrEqualTo(atUser + atProvider + 10_000_000);
    }
  }

  @Test
  void aFloodOfUrgentCallsLeavesTheOthersTheirShare() {
    RateLimiter limiter = limiter();
    limiter.acquire(Demand.tokens(RATE).tenant("1")).close();
    List<CompletableFuture<Permit>> low = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      low.add(limiter.acquireAsync(Demand.tokens(10).tenant("1").priority(Priority.LOW)));
    }
    for (int i = 0; i < 11 * 17; i++) {
      for (int j = 0; j < 20; j++) {
        var unused = limiter.acquireAsync(Demand.tokens(10).tenant("1").priority(Priority.HIGH));
      }
      clock.advance(Duration.ofMillis(100));
    }
    // In 18.7 seconds there come 18,700 tokens less a debt of 1000; a seventeenth of them, in tens.
    assertThat(low.stream().filter(CompletableFuture::isDone).count()).isBetween(98L, 100L);
  }
}
