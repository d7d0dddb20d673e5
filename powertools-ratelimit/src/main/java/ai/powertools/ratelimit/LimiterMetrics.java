package ai.powertools.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Counts and times what happens at limiters, in a registry of Micrometer's. Needs {@code
 * io.micrometer:micrometer-core} on the class path, which nothing else here does.
 *
 * <pre>{@code
 * LimiterMetrics metrics = LimiterMetrics.on(registry);
 * RateLimiter limiter =
 *     RateLimiter.builder().name("openai").requestsPerMinute(60).onEvent(metrics).build();
 * metrics.bind(limiter);                    // what it holds, read when the registry asks
 * }</pre>
 *
 * <p>All names begin with {@code powertools.ratelimit.}, and all meters have the tag {@code
 * limiter}, its name:
 *
 * <ul>
 *   <li>counters {@code granted}, {@code refused} (tag {@code refusal}) and {@code gave.up}, by
 *       {@code priority}; {@code lease.ended}, and {@code closed} for pauses that began;
 *   <li>timers {@code wait} (by {@code priority}, and {@code outcome}: granted, refused or gave_up)
 *       and {@code held}, from the permit to its end;
 *   <li>gauges {@code in.flight}, {@code waiting}, {@code closed.for} (a time), {@code concurrency}
 *       (calls at once now; NaN without a bound), and of each limit {@code available} and {@code
 *       limit} (by {@code dimension} and {@code window}, as in {@code tokens} and {@code PT1M}).
 * </ul>
 *
 * <p>There are as many series as limiters, priorities and limits. Tenants and keys become tags only
 * when they are asked for, since nobody knows how many there will be. Safe for use by many threads.
 */
public final class LimiterMetrics implements Consumer<LimiterEvent> {
  private static final String PREFIX = "powertools.ratelimit.";

  private final Function<? super Demand, ? extends Iterable<Tag>> more;
  private final LimiterGauges gauges;
  private final Map<String, LimiterGauges.Place> bound = new ConcurrentHashMap<>();
  private final MeterProvider<Counter> granted;
  private final MeterProvider<Counter> refused;
  private final MeterProvider<Counter> gaveUp;
  private final MeterProvider<Counter> leaseEnded;
  private final MeterProvider<Counter> closed;
  private final MeterProvider<Timer> wait;
  private final MeterProvider<Timer> held;

  private LimiterMetrics(
      MeterRegistry registry, Function<? super Demand, ? extends Iterable<Tag>> more) {
    this.more = more;
    this.gauges = new LimiterGauges(registry, PREFIX);
    this.granted = counter(registry, "granted", "Calls that were let through.");
    this.refused = counter(registry, "refused", "Calls that were not let through.");
    this.gaveUp = counter(registry, "gave.up", "Calls whose caller waited no longer.");
    this.leaseEnded = counter(registry, "lease.ended", "Permits that were not given back in time.");
    this.closed = counter(registry, "closed", "Pauses that a provider asked for.");
    this.wait =
        Timer.builder(PREFIX + "wait")
            .description("How long calls waited, until it was decided about them.")
            .withRegistry(registry);
    this.held =
        Timer.builder(PREFIX + "held")
            .description("How long permits were out.")
            .withRegistry(registry);
  }

  private static MeterProvider<Counter> counter(MeterRegistry registry, String name, String what) {
    return Counter.builder(PREFIX + name).description(what).withRegistry(registry);
  }

  /** Metrics of any number of limiters, each with a name of its own. */
  public static LimiterMetrics on(MeterRegistry registry) {
    return on(registry, demand -> Tags.empty());
  }

  /**
   * The same with more tags, such as the tenant of a call or the model that is its key.
   *
   * @param more tags of a demand, always with the same keys; each new value makes about ten new
   *     series, so there must not be many. It must not throw
   */
  public static LimiterMetrics on(
      MeterRegistry registry, Function<? super Demand, ? extends Iterable<Tag>> more) {
    return new LimiterMetrics(registry, more);
  }

  /**
   * Shows what a limiter holds, for as long as there is such a limiter: the registry does not keep
   * it alive. A second one of the same name shows nothing. Limits that come later are shown if the
   * limiter tells its events here.
   *
   * @return this
   */
  public LimiterMetrics bind(RateLimiter limiter) {
    return bind(limiter, Tags.empty());
  }

  /**
   * The same with more tags, which tell one of its keys from others, as in {@code bind(limiter,
   * Tags.of("provider", "openai"), "openai")}. Registries such as that of Prometheus want tags of
   * the same names for all that is bound, so give some to the whole limiter too.
   *
   * @param keys of the place, as in {@link Demand#at}; none for the whole limiter
   * @return this
   */
  public LimiterMetrics bind(RateLimiter limiter, Iterable<Tag> tags, String... keys) {
    LimiterGauges.Place place = new LimiterGauges.Place(limiter, tags, keys);
    if (keys.length == 0) {
      bound.put(limiter.name(), place);
    }
    gauges.show(place);
    return this;
  }

  /** To be given to {@link RateLimiterBuilder#onEvent}. */
  @Override
  public void accept(LimiterEvent event) {
    Tags tags = Tags.of("limiter", event.limiter());
    if (event instanceof LimiterEvent.Granted e) {
      Tags calls = calls(tags, e.demand());
      granted.withTags(calls).increment();
      waited(calls, "granted", e.waited());
    } else if (event instanceof LimiterEvent.Refused e) {
      Tags calls = calls(tags, e.demand());
      refused.withTags(calls.and("refusal", lower(e.refusal()))).increment();
      waited(calls, "refused", e.waited());
    } else if (event instanceof LimiterEvent.GaveUp e) {
      Tags calls = calls(tags, e.demand());
      gaveUp.withTags(calls).increment();
      waited(calls, "gave_up", e.waited());
    } else if (event instanceof LimiterEvent.Ended e) {
      held.withTags(tags.and(more.apply(e.demand()))).record(e.held());
    } else if (event instanceof LimiterEvent.LeaseEnded e) {
      leaseEnded.withTags(tags.and(more.apply(e.demand()))).increment();
    } else if (event instanceof LimiterEvent.Closed) {
      closed.withTags(tags).increment();
    } else if (event instanceof LimiterEvent.Changed e && e.place().isEmpty()) {
      LimiterGauges.Place place = bound.get(e.limiter());
      if (place != null) {
        gauges.showLimits(place);
      }
    }
  }

  private Tags calls(Tags tags, Demand demand) {
    return tags.and("priority", lower(demand.priority())).and(more.apply(demand));
  }

  private void waited(Tags calls, String outcome, Duration waited) {
    wait.withTags(calls.and("outcome", outcome)).record(waited);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
