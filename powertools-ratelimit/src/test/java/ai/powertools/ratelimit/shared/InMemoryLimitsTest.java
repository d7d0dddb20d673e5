package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemoryLimitsTest extends SharedLimitsContract {
  @Override
  SharedLimits create(AtomicLong micros) {
    return InMemoryLimits.on(micros::get);
  }

  @Test
  void goesByTheTimeItIsGiven() {
    VirtualClock clock = VirtualClock.create();
    InMemoryLimits shared = InMemoryLimits.on(clock);
    Limit limit = Limit.of(Dimension.REQUESTS, 60, Duration.ofMinutes(1));
    SharedTake take = SharedTake.of("key", Limits.of(limit), Map.of(Dimension.REQUESTS, 1L));
    assertThat(shared.take(take).join().granted()).isTrue();
    assertThat(shared.take(take).join().granted()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(shared.take(take).join().granted()).isTrue();
    assertThat(shared).hasToString("limits in memory");
  }
}
