package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Threads;
import ai.powertools.ratelimit.shared.RedisLimits;
import ai.powertools.ratelimit.shared.SharedLimits;
import ai.powertools.testing.RedisExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limiters that share their limits over a real Redis, each with a connection of its own. */
@Timeout(120)
@ExtendWith(RedisExtension.class)
class SharedLimiterIT {
  private static final int LIMITERS = 3;
  private static final int CALLS = 400;

  private final URI redis;

  SharedLimiterIT(URI redis) {
    this.redis = redis;
  }

  private interface Body {
    void run(RateLimiter limiter);
  }

  /** All limiters at once, each on two threads. */
  private void together(Limits limits, String key, Body body) throws Exception {
    List<SharedLimits> open = new ArrayList<>();
    ExecutorService threads = Threads.perTask("sharing");
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < LIMITERS; i++) {
        SharedLimits shared = RedisLimits.at(redis).open();
        open.add(shared);
        RateLimiter limiter =
            RateLimiter.builder()
                .limits(limits)
                .shared(shared, key, Sharing.refusing().answerWithin(Duration.ofSeconds(20)))
                .build();
        for (int thread = 0; thread < 2; thread++) {
          ends.add(threads.submit(() -> body.run(limiter)));
        }
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
      open.forEach(SharedLimits::close);
    }
  }

  @Test
  void togetherTheyAreNoFasterThanTheLimit() throws Exception {
    Limit limit = Limit.of(Dimension.REQUESTS, 500, Duration.ofSeconds(1)).burst(50);
    AtomicInteger calls = new AtomicInteger();
    long start = System.nanoTime();
    together(
        Limits.of(limit),
        "pace",
        limiter -> {
          while (calls.incrementAndGet() <= CALLS) {
            limiter.acquire(Demand.request()).close();
          }
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    double slices = LIMITERS * 500 * 0.02;
    assertThat(50 + 500 * seconds + slices).isGreaterThanOrEqualTo(CALLS);
  }

  @Test
  void togetherTheyRunNoMoreCallsAtOnceThanAllowed() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    together(
        Limits.none().concurrency(2),
        "places",
        limiter -> {
          for (int i = 0; i < 20; i++) {
            try (Permit permit = limiter.acquire(Demand.request())) {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              permit.used(0);
              running.decrementAndGet();
              done.incrementAndGet();
            }
          }
        });
    assertThat(most.get()).isBetween(1, 2);
    assertThat(done.get()).isEqualTo(LIMITERS * 2 * 20);
  }
}
