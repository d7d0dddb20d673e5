package ai.powertools.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** See the factory methods of {@link Jitter}. */
enum StandardJitter implements Jitter {
  NONE {
    @Override
    public Duration least(Computed wait) {
      return wait.delay();
    }
  },
  FULL,
  EQUAL {
    @Override
    public Duration least(Computed wait) {
      return wait.delay().dividedBy(2);
    }
  },
  DECORRELATED {
    @Override
    public Duration least(Computed wait) {
      return wait.first();
    }

    @Override
    public Duration most(Computed wait) {
      long previous = Nanos.of(wait.previous());
      Duration triple =
          previous > Long.MAX_VALUE / 3 ? Nanos.LONGEST : Duration.ofNanos(previous * 3);
      return triple.compareTo(wait.first()) < 0 ? wait.first() : triple;
    }
  };

  @Override
  public Duration apply(Computed wait, RandomGenerator random) {
    return Uniform.between(least(wait), most(wait), random);
  }
}
