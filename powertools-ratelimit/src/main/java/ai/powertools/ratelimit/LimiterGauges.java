package ai.powertools.ratelimit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What limiters hold, read whenever a registry asks. */
final class LimiterGauges {
  private final MeterRegistry registry;
  private final String prefix;
  private final Set<Tags> shown = ConcurrentHashMap.newKeySet();

  LimiterGauges(MeterRegistry registry, String prefix) {
    this.registry = registry;
    this.prefix = prefix;
  }

  /** A limiter, or one of its keys. Does not keep the limiter alive, as no gauge should. */
  record Place(WeakReference<RateLimiter> limiter, Tags tags, List<String> keys) {
    Place(RateLimiter limiter, Iterable<Tag> tags, String... keys) {
      this(
          new WeakReference<>(limiter),
          Tags.of("limiter", limiter.name()).and(tags),
          List.of(keys));
    }
  }

  /** Registers all its gauges. */
  void show(Place place) {
    RateLimiter limiter = place.limiter.get();
    if (limiter == null) {
      return;
    }
    gauge(place, limiter, "in.flight", "Permits that are out.", LimiterState::inFlight);
    gauge(place, limiter, "waiting", "Calls that wait.", LimiterState::waiting);
    gauge(
        place,
        limiter,
        "concurrency",
        "Calls at once that are let through now.",
        state -> bound(state.concurrency()));
    closedFor(place, limiter);
    showLimits(place);
  }

  /** Registers the gauges of limits that were not there before. */
  void showLimits(Place place) {
    RateLimiter limiter = place.limiter.get();
    if (limiter == null) {
      return;
    }
    for (Limit limit : limiter.limits(keys(place)).list()) {
      ofLimit(place, limiter, limit);
    }
  }

  private void ofLimit(Place place, RateLimiter limiter, Limit limit) {
    Place own =
        new Place(
            place.limiter,
            place.tags.and(
                "dimension", limit.dimension().name(), "window", limit.window().toString()),
            place.keys);
    if (!shown.add(own.tags)) {
      return;
    }
    gauge(
        own,
        limiter,
        "available",
        "What can be taken at once; negative in debt.",
        state -> level(state, limit, LimiterState.Level::available));
    gauge(
        own,
        limiter,
        "limit",
        "What comes in during a window.",
        state -> level(state, limit, level -> level.limit().amount()));
  }

  private void gauge(
      Place place,
      RateLimiter limiter,
      String name,
      String what,
      ToDoubleFunction<LimiterState> value) {
    String[] keys = keys(place);
    Gauge.builder(prefix + name, limiter, it -> value.applyAsDouble(it.state(keys)))
        .description(what)
        .tags(place.tags)
        .register(registry);
  }

  private void closedFor(Place place, RateLimiter limiter) {
    String[] keys = keys(place);
    TimeGauge.builder(
            prefix + "closed.for",
            limiter,
            TimeUnit.NANOSECONDS,
            it -> it.state(keys).closedFor().toNanos())
        .description("How long nobody will be let through.")
        .tags(place.tags)
        .register(registry);
  }

  /** NaN is what Micrometer has for "there is none". */
  private static double level(
      LimiterState state, Limit limit, ToDoubleFunction<LimiterState.Level> value) {
    return state.levels().stream()
        .filter(level -> level.limit().sameSubject(limit))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double bound(int concurrency) {
    return concurrency == Integer.MAX_VALUE ? Double.NaN : concurrency;
  }

  private static String[] keys(Place place) {
    return place.keys.toArray(String[]::new);
  }
}
