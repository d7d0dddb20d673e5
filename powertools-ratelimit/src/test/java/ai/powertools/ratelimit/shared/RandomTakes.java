package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Limits and what is asked of them, at random. */
record RandomTakes(RandomInput random, String key, Limits limits) {
  static final Duration TTL = Duration.ofSeconds(20);

  private static final Dimension[] DIMENSIONS = {Dimension.REQUESTS, Dimension.TOKENS};

  static RandomTakes of(RandomInput random, String key) {
    Limits limits = Limits.none();
    for (int i = random.ints(1, 4); i > 0; i--) {
      limits = limits.with(limit(random));
    }
    return new RandomTakes(random, key, random.chance(0.3) ? limits.concurrency(3) : limits);
  }

  private static Limit limit(RandomInput random) {
    Duration window = Duration.ofMillis(random.oneOf(1_000, 7_000, 60_000));
    long amount = random.oneOf(1L, 7L, 60L, 999L, 1_000_003L, 999_999_999_999_989L);
    Limit limit = Limit.of(random.oneOf(DIMENSIONS), amount, window);
    return random.chance(0.3)
        ? limit.slidingWindow()
        : limit.burst(random.longs(1, Math.min(2 + 2 * amount, ExactLimit.MOST)));
  }

  /** The largest that every limit can ever let through. */
  private long largest(Dimension dimension) {
    return limits.list().stream()
        .filter(limit -> limit.dimension().equals(dimension))
        .mapToLong(limit -> Math.max(limit.amount(), ExactLimit.of(limit, 0).most()))
        .min()
        .orElse(100);
  }

  SharedTake take(String lease) {
    Map<Dimension, Long> least = new HashMap<>();
    Map<Dimension, Long> most = new HashMap<>();
    for (Dimension dimension : DIMENSIONS) {
      long largest = largest(dimension);
      long count = random.longs(0, 1 + (random.chance(0.2) ? largest : Math.max(1, largest / 20)));
      least.put(dimension, Math.min(count, largest));
      if (random.chance(0.3)) {
        most.put(dimension, random.longs(0, 1 + largest));
      }
    }
    SharedTake take = SharedTake.of(key, limits, least).upTo(most);
    if (random.chance(0.5)) {
      take = take.within(random.durations(Duration.ofMillis(1), Duration.ofSeconds(40)));
    }
    return random.chance(0.5) ? take.holding(lease, TTL) : take;
  }

  /** A part of it, and sometimes all. */
  Map<Dimension, Long> part(Map<Dimension, Long> amounts) {
    Map<Dimension, Long> part = new HashMap<>();
    amounts.forEach(
        (dimension, count) ->
            part.put(dimension, random.chance(0.3) ? count : random.longs(0, count + 1)));
    return part;
  }

  /** Mostly so long that something happens. */
  Duration pause() {
    return random.chance(0.3)
        ? Duration.ZERO
        : random.durations(
            Duration.ofNanos(1_000), Duration.ofMillis(random.oneOf(10, 500, 3_000, 30_000)));
  }
}
