package ai.powertools.benchmarks;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.ratelimit.Sharing;
import ai.powertools.ratelimit.shared.RedisLimits;
import ai.powertools.ratelimit.shared.SharedLimits;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.time.Duration;

/** Our limiter over Redis: slices of the limit, for which it asks by one script each. */
final class OurHotKey implements HotKey {
  /**
   * How long an answer may take, as Lettuce's own commands may, by which the others ask: the first
   * one connects, for which a busy machine takes seconds. What comes later slows the rate down.
   */
  private static final Duration ANSWER = RedisURI.DEFAULT_TIMEOUT_DURATION;

  private final SharedLimits limits;
  private final RateLimiter limiter;
  private final Demand demand = Demand.request();

  private OurHotKey(SharedLimits limits, RateLimiter limiter) {
    this.limits = limits;
    this.limiter = limiter;
  }

  /** A connection of its own. */
  static OurHotKey on(URI redis, String key, Sharing sharing) {
    SharedLimits limits = RedisLimits.at(redis).timeout(ANSWER).open();
    Limit plenty = Limit.of(Dimension.REQUESTS, HotKeys.AMOUNT, Duration.ofSeconds(1));
    RateLimiter limiter =
        RateLimiter.builder()
            .limit(plenty.burst(HotKeys.BURST))
            .shared(limits, key, sharing.answerWithin(ANSWER))
            .build();
    return new OurHotKey(limits, limiter);
  }

  @Override
  public boolean take() {
    return limiter.tryTake(demand);
  }

  @Override
  public void close() {
    limits.close();
  }
}
