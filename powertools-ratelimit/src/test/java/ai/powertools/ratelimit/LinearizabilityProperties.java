package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Threads;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What three threads see of one limiter at the same time, some single thread would have seen that
 * did the same in some order: every order is tried.
 */
@Timeout(300)
class LinearizabilityProperties {
  private static final int OPERATIONS = Integer.getInteger("powertools.model.operations", 200_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int THREADS = 3;
  private static final int STEPS = 3;
  private static final int RUNS = 20;

  private enum Kind {
    TRY,
    USED,
    CLOSE,
    CANCEL,
    STATE
  }

  private record Step(Kind kind, int tokens) {
    static Step random(Random random) {
      Kind[] kinds = Kind.values();
      int dice = random.nextInt(kinds.length + 2);
      return new Step(dice < kinds.length ? kinds[dice] : Kind.TRY, random.nextInt(60));
    }
  }

  /** One limiter, and for each thread the permit that it got last and what it saw so far. */
  private static final class Run {
    private final RateLimiter limiter =
        RateLimiter.builder()
            .time(VirtualClock.create())
            .requestsPer(4, Duration.ofDays(1), 4)
            .tokensPer(100, Duration.ofDays(1), 100)
            .concurrency(2)
            .build();

    private final List<Optional<Permit>> permits =
        new ArrayList<>(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
    private final List<List<Object>> seen =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    void step(int thread, Step step) {
      Optional<Permit> mine = permits.get(thread);
      switch (step.kind()) {
        case TRY -> {
          Optional<Permit> got = limiter.tryAcquire(Demand.tokens(step.tokens()));
          seen.get(thread).add(got.isPresent());
          if (got.isPresent()) {
            permits.set(thread, got);
          }
        }
        case USED -> mine.ifPresent(permit -> permit.used(step.tokens()));
        case CLOSE -> mine.ifPresent(Permit::close);
        case CANCEL -> mine.ifPresent(Permit::cancel);
        case STATE -> seen.get(thread).add(limiter.state());
      }
    }

    List<Object> outcome() {
      return List.of(List.copyOf(seen), limiter.state());
    }
  }

  @Test
  void whatThreadsSeeHasAnOrder() throws Exception {
    Random random = new Random(SEED);
    ExecutorService threads = Threads.perTask("linear");
    try {
      for (int done = 0; done < OPERATIONS / 10; done += THREADS * STEPS * RUNS) {
        List<List<Step>> programs = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          programs.add(random.ints(STEPS).mapToObj(i -> Step.random(random)).toList());
        }
        Set<List<Object>> possible = new HashSet<>();
        inEveryOrder(programs, new int[THREADS * STEPS], 0, new int[THREADS], possible);
        for (int run = 0; run < RUNS; run++) {
          assertThat(possible)
              .as("-Dpowertools.seed=%d: %s", SEED, programs)
              .contains(atOnce(programs, threads));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void inEveryOrder(
      List<List<Step>> programs, int[] order, int length, int[] at, Set<List<Object>> outcomes) {
    if (length == order.length) {
      Run run = new Run();
      int[] next = new int[THREADS];
      Arrays.stream(order).forEach(t -> run.step(t, programs.get(t).get(next[t]++)));
      outcomes.add(run.outcome());
      return;
    }
    for (int thread = 0; thread < THREADS; thread++) {
      if (at[thread] < STEPS) {
        order[length] = thread;
        at[thread]++;
        inEveryOrder(programs, order, length + 1, at, outcomes);
        at[thread]--;
      }
    }
  }

  private static List<Object> atOnce(List<List<Step>> programs, ExecutorService threads)
      throws Exception {
    Run run = new Run();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> ends = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int mine = thread;
      ends.add(
          threads.submit(
              () -> {
                start.await();
                programs.get(mine).forEach(step -> run.step(mine, step));
                return null;
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    return run.outcome();
  }
}
