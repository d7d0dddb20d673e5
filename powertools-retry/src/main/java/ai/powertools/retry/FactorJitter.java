package ai.powertools.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** See {@link Jitter#factor}. */
record FactorJitter(double share) implements Jitter {
  FactorJitter {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "The share of a jitter must lie between 0 and 1, not " + share);
    }
  }

  @Override
  public Duration least(Computed wait) {
    return wait.delay().minus(width(wait));
  }

  @Override
  public Duration most(Computed wait) {
    return wait.delay().plus(width(wait));
  }

  @Override
  public Duration apply(Computed wait, RandomGenerator random) {
    return Uniform.between(least(wait), most(wait), random);
  }

  private Duration width(Computed wait) {
    Duration width = Nanos.saturated(Nanos.of(wait.delay()) * share);
    return Nanos.clamp(width, Duration.ZERO, wait.delay());
  }
}
