package ai.powertools.ratelimit;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A limiter with everything at random: dimensions, windows, ways of counting, levels of keys,
 * concurrency, leases, queue, weights; and its places as they are seen from outside.
 */
final class VectorScenario {
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofSeconds(1), Duration.ofNanos(3_000_000_001L), Duration.ofSeconds(10));
  static final Duration LONGEST = Duration.ofSeconds(10);
  private static final String[] KEYS = {"a", "b"};

  private final Random random;
  private final VirtualClock clock = VirtualClock.create();
  private final List<Boolean> apart = new ArrayList<>();
  private final Map<String, Limits> ofKeys = new HashMap<>();
  private final Map<List<String>, ModelPlace> places = new HashMap<>();
  private final Optional<List<LimiterEvent>> events;
  private final int queue;
  private final Optional<Duration> lease;
  private final RateLimiter limiter;

  VectorScenario(Random random) {
    this.random = random;
    Limits limits = limits();
    RateLimiterBuilder builder =
        RateLimiter.builder().name("m").time(clock).executor(Runnable::run).limits(limits);
    places.put(List.of(), new ModelPlace(List.of(), limits));
    for (int i = random.nextInt(4); i > 0; i--) {
      level(builder);
    }
    queue = random.nextInt(3) == 0 ? random.nextInt(6) : 10_000;
    lease = random.nextInt(3) == 0 ? Optional.of(LONGEST.dividedBy(2)) : Optional.empty();
    builder
        .queue(queue, List.of(Shed.values()).get(random.nextInt(Shed.values().length)))
        .leases(lease.orElse(Duration.ofDays(1000)))
        .tenantWeights(tenant -> 1 + tenant.length());
    events = random.nextBoolean() ? Optional.of(new ArrayList<>()) : Optional.empty();
    events.ifPresent(told -> builder.onEvent(told::add));
    limiter = builder.build();
  }

  private void level(RateLimiterBuilder builder) {
    String name = "level" + apart.size();
    boolean isApart = random.nextBoolean();
    if (isApart) {
      builder.levelApart(name, ofKeys::get);
    } else {
      builder.level(name, ofKeys::get);
    }
    apart.add(isApart);
  }

  RateLimiter limiter() {
    return limiter;
  }

  VirtualClock clock() {
    return clock;
  }

  int queue() {
    return queue;
  }

  Optional<Duration> lease() {
    return lease;
  }

  int depth() {
    return apart.size();
  }

  /** What the limiter told; empty when nobody listens. */
  Optional<List<LimiterEvent>> events() {
    return events;
  }

  List<ModelPlace> places() {
    return List.copyOf(places.values());
  }

  /** Keys for some of the levels. A key of a nested level has the name of what it is below. */
  List<String> anyKeys() {
    List<String> keys = new ArrayList<>();
    String above = "";
    for (int i = random.nextInt(depth() + 1); i > 0; i--) {
      int level = keys.size();
      String key = KEYS[random.nextInt(KEYS.length)];
      if (apart.get(level)) {
        keys.add(level + key);
      } else {
        above = above + level + key;
        keys.add(above);
      }
      ofKeys.computeIfAbsent(keys.get(level), unused -> limits());
    }
    return keys;
  }

  /** Where a call with these keys passes, the root among them. */
  List<ModelPlace> path(List<String> keys) {
    List<ModelPlace> path = new ArrayList<>();
    path.add(places.get(List.of()));
    for (int i = 0; i < keys.size(); i++) {
      List<String> upTo = List.copyOf(keys.subList(0, i + 1));
      String key = keys.get(i);
      // A key has one place, whatever it is reached by.
      path.add(
          places.computeIfAbsent(List.of(key), unused -> new ModelPlace(upTo, ofKeys.get(key))));
    }
    return path;
  }

  void change(ModelPlace place) {
    Limits changed = limits();
    place.change(changed);
    if (!place.keys.isEmpty()) {
      ofKeys.put(place.keys.get(place.keys.size() - 1), changed);
    }
    limiter.change(changed, place.at());
  }

  private Limits limits() {
    Limits limits = Limits.none();
    for (int i = random.nextInt(4); i > 0; i--) {
      limits = limits.with(limit());
    }
    return random.nextInt(3) == 0 ? limits.concurrency(1 + random.nextInt(4)) : limits;
  }

  private Limit limit() {
    Dimension dimension = ModelCharge.DIMENSIONS.get(random.nextInt(ModelCharge.DIMENSIONS.size()));
    boolean few = dimension.equals(Dimension.REQUESTS) || dimension.equals(ModelCharge.IMAGES);
    long amount = few ? 1L + random.nextInt(20) : 200L + random.nextInt(1000);
    Limit limit =
        Limit.of(dimension, amount, WINDOWS.get(random.nextInt(WINDOWS.size())))
            .burst(random.nextBoolean() ? 1 : 1L + random.nextInt((int) amount));
    return random.nextInt(3) == 0 ? limit.slidingWindow() : limit;
  }

  /** A call: mostly light, sometimes more than there can ever be. */
  Demand demand() {
    int most = random.nextInt(6) == 0 ? 600 : 60;
    Demand demand =
        random.nextBoolean()
            ? Demand.tokens(random.nextInt(most))
            : Demand.tokens(random.nextInt(most), random.nextInt(most));
    if (random.nextInt(3) == 0) {
      demand = demand.and(ModelCharge.IMAGES, random.nextInt(4));
    }
    return demand
        .at(anyKeys().toArray(String[]::new))
        .priority(List.of(Priority.values()).get(random.nextInt(3)))
        .tenant("x".repeat(random.nextInt(3)));
  }
}
