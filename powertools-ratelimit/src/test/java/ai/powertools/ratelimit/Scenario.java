package ai.powertools.ratelimit;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A limiter with random limits on a clock of its own; its futures complete where the clock turns.
 */
record Scenario(
    VirtualClock clock,
    RateLimiter limiter,
    Optional<Limit> requests,
    Optional<Limit> tokens,
    int concurrency) {

  static Scenario random(Random random, boolean withConcurrency) {
    VirtualClock clock = VirtualClock.create();
    RateLimiterBuilder builder =
        RateLimiter.builder().name("model").time(clock).executor(Runnable::run);
    int kinds = 1 + random.nextInt(3);
    Optional<Limit> requests = Optional.empty();
    Optional<Limit> tokens = Optional.empty();
    if ((kinds & 1) != 0) {
      Limit limit = limit(random, Dimension.REQUESTS, 60);
      builder.requestsPer(limit.amount(), limit.window(), limit.burst());
      requests = Optional.of(limit);
    }
    if ((kinds & 2) != 0) {
      Limit limit = limit(random, Dimension.TOKENS, 2000);
      builder.tokensPer(limit.amount(), limit.window(), limit.burst());
      tokens = Optional.of(limit);
    }
    int concurrency = Integer.MAX_VALUE;
    if (withConcurrency && random.nextBoolean()) {
      concurrency = 1 + random.nextInt(6);
      builder.concurrency(concurrency);
    }
    return new Scenario(clock, builder.build(), requests, tokens, concurrency);
  }

  private static Limit limit(Random random, Dimension dimension, int most) {
    long amount = 1L + random.nextInt(most);
    long window = 1_000_000_000L * (1 + random.nextInt(20)) + random.nextInt(3);
    long burst = 1L + random.nextInt((int) amount);
    return new Limit(
        dimension,
        amount,
        Duration.ofNanos(window),
        random.nextBoolean() ? 1 : burst,
        Counting.TOKEN_BUCKET);
  }

  List<Limit> limits() {
    return Stream.concat(requests.stream(), tokens.stream()).toList();
  }

  /** The most tokens that one call can have. */
  long largest() {
    return tokens.map(Limit::largest).orElse(2000L);
  }

  /** Tokens for a call: mostly few, often more than the burst, never more than possible. */
  long size(Random random) {
    long most = random.nextInt(4) == 0 ? largest() : Math.max(1, largest() / 10);
    return random.nextInt((int) most + 1);
  }

  Duration longestWindow() {
    return limits().stream().map(Limit::window).max(Duration::compareTo).orElseThrow();
  }
}
