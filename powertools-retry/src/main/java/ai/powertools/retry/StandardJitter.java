package ai.powertools.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** See the factory methods of {@link Jitter}. */
enum StandardJitter implements Jitter {
  NONE {
    @Override
    public Duration least(Duration wait) {
      return wait;
    }
  },
  FULL {
    @Override
    public Duration least(Duration wait) {
      return Duration.ZERO;
    }
  },
  EQUAL {
    @Override
    public Duration least(Duration wait) {
      return wait.dividedBy(2);
    }
  };

  @Override
  public Duration apply(Duration wait, RandomGenerator random) {
    Duration least = least(wait);
    long width = Nanos.of(wait.minus(least));
    if (width == 0) {
      return wait;
    }
    // Both ends are possible, unless the upper one is the largest long.
    long bound = width == Long.MAX_VALUE ? width : width + 1;
    return least.plusNanos(random.nextLong(bound));
  }
}
