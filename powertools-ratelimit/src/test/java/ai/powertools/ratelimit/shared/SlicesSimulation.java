package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Counting;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three processes with slices of one limit: no window sees more than the stated bound. */
class SlicesSimulation {
  private static final int PROCESSES = 3;
  private static final int STEPS = 3_000;

  private record Spent(long at, long count) {}

  @Test
  void aWindowSeesAtMostASliceOfEachProcessMore() {
    RandomInput.check(
        RandomInput.size("powertools.test.shared.slices", 60),
        random -> {
          Duration window = Duration.ofMillis(random.oneOf(1_000, 5_000));
          Limit limit = Limit.of(Dimension.TOKENS, random.longs(500, 5_000), window);
          limit = random.chance(0.5) ? limit.slidingWindow() : limit;
          Duration lifetime = Duration.ofMillis(random.oneOf(50, 400, 10_000));
          double share = random.oneOf(0.02, 0.1, 1.0);
          List<Slices> processes = new ArrayList<>();
          for (int i = 0; i < PROCESSES; i++) {
            processes.add(Slices.of("key", Limits.of(limit), share, lifetime));
          }
          check(limit, processes.get(0), play(random, processes));
        });
  }

  private static List<Spent> play(RandomInput random, List<Slices> processes) {
    VirtualClock clock = VirtualClock.create();
    InMemoryLimits shared = InMemoryLimits.on(clock);
    List<Spent> spent = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      clock.advance(
          random.durations(
              Duration.ZERO, Duration.ofMillis(random.chance(0.01) ? 2_000 : random.oneOf(1, 9))));
      Slices process = random.oneOf(processes);
      long now = clock.nanos();
      if (random.chance(0.1)) {
        process.unused(now).ifPresent(unused -> giveBack(shared, unused));
      }
      long[] wanted = {random.longs(1, 20)};
      boolean granted = process.take(wanted, now);
      if (!granted) {
        SharedTake take = process.next(wanted, Duration.ZERO, now).orElseThrow();
        Grant grant = shared.take(take).join();
        process.answered(take, Optional.of(grant), now).ifPresent(old -> giveBack(shared, old));
        granted = grant.granted();
      }
      if (granted) {
        spent.add(new Spent(now, wanted[0]));
      }
    }
    return spent;
  }

  private static void giveBack(SharedLimits shared, Slices.Unused unused) {
    shared.giveBack(unused.key(), unused.limits(), unused.amounts(), unused.stamp()).join();
  }

  private static void check(Limit limit, Slices slices, List<Spent> spent) {
    boolean sliding = limit.counting() == Counting.SLIDING_WINDOW;
    long window = limit.window().toNanos();
    long law = limit.amount() + (sliding ? 0 : limit.burst());
    long bySize = law + PROCESSES * slices.size(Dimension.TOKENS);
    long inOneLife = 1 + limit.amount() * slices.lifetime().toNanos() / window;
    long bound = sliding ? bySize : Math.min(bySize, law + inOneLife);
    int first = 0;
    long sum = 0;
    for (Spent one : spent) {
      sum += one.count();
      while (one.at() - spent.get(first).at() >= window) {
        sum -= spent.get(first++).count();
      }
      assertThat(sum).as("%s, %s", limit, Map.of("law", law)).isLessThanOrEqualTo(bound);
    }
  }
}
