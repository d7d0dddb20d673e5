package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.testing.VirtualClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry of metrics hears of limiters. */
@Timeout(60)
class LimiterMetricsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualClock clock = VirtualClock.create();
  private final SimpleMeterRegistry registry =
      new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());
  private final LimiterMetrics metrics = LimiterMetrics.on(registry);

  private RateLimiterBuilder builder() {
    return RateLimiter.builder()
        .name("openai")
        .time(clock)
        .executor(Runnable::run)
        .onEvent(metrics);
  }

  private double counted(String name, String... tags) {
    return registry.get("powertools.ratelimit." + name).tags(tags).counter().count();
  }

  private Timer timer(String name, String... tags) {
    return registry.get("powertools.ratelimit." + name).tags(tags).timer();
  }

  private double gauge(String name, String... tags) {
    return registry.get("powertools.ratelimit." + name).tags(tags).gauge().value();
  }

  private Set<String> tagKeys() {
    return registry.getMeters().stream()
        .flatMap(meter -> meter.getId().getTags().stream())
        .map(Tag::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void countsWhatIsGrantedAndTimesHowLongItWaitedAndWasHeld() {
    RateLimiter limiter = builder().requestsPerMinute(60).build();
    limiter.acquire(Demand.request()).close();
    CompletableFuture<Permit> later =
        limiter.acquireAsync(Demand.request().priority(Priority.HIGH));
    clock.advance(SECOND);
    clock.advance(SECOND);
    later.join().close();

    assertThat(counted("granted", "limiter", "openai", "priority", "normal")).isEqualTo(1);
    assertThat(counted("granted", "priority", "high")).isEqualTo(1);
    Timer wait = timer("wait", "priority", "high", "outcome", "granted");
    assertThat(wait.count()).isEqualTo(1);
    assertThat(wait.totalTime(TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(timer("wait", "priority", "normal").totalTime(TimeUnit.SECONDS)).isZero();
    assertThat(timer("held", "limiter", "openai").count()).isEqualTo(2);
    assertThat(timer("held").totalTime(TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(registry.find("powertools.ratelimit.refused").counter()).isNull();
  }

  @Test
  void countsRefusalsByTheirReason() {
    RateLimiter limiter = builder().tokensPer(100, MINUTE, 100).queue(1, Shed.NEWEST).build();
    Demand patient = Demand.tokens(100);
    limiter.acquire(patient).close();
    assertThatThrownBy(() -> limiter.acquire(Demand.tokens(101).within(SECOND)))
        .isInstanceOf(RateLimitExceededException.class);
    assertThatThrownBy(() -> limiter.acquire(Demand.tokens(1).within(SECOND.dividedBy(2))))
        .isInstanceOf(RateLimitExceededException.class);
    CompletableFuture<Permit> waiting = limiter.acquireAsync(patient);
    assertThatThrownBy(() -> limiter.acquire(patient))
        .isInstanceOf(RateLimitExceededException.class);

    assertThat(counted("refused", "refusal", "impossible")).isEqualTo(1);
    assertThat(counted("refused", "refusal", "too_late")).isEqualTo(1);
    assertThat(counted("refused", "refusal", "queue_full", "priority", "normal")).isEqualTo(1);
    assertThat(timer("wait", "outcome", "refused").count()).isEqualTo(3);
    assertThat(counted("granted")).isEqualTo(1);
    assertThat(waiting.cancel(true)).isTrue();
  }

  @Test
  void countsWhoGaveUpAndWhatWasNeverGivenBack() {
    RateLimiter limiter = builder().concurrency(1).leases(MINUTE).build();
    Permit lost = limiter.acquire(Demand.request());
    CompletableFuture<Permit> waiting = limiter.acquireAsync(Demand.request());
    clock.advance(SECOND.multipliedBy(3));
    waiting.cancel(true);
    clock.advance(MINUTE);
    assertThat(limiter.state().inFlight()).isZero();

    assertThat(counted("gave.up", "limiter", "openai")).isEqualTo(1);
    assertThat(timer("wait", "outcome", "gave_up").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(counted("lease.ended", "limiter", "openai")).isEqualTo(1);
    lost.close();
    assertThat(registry.find("powertools.ratelimit.held").timer()).isNull();
  }

  @Test
  void showsWhatALimiterHoldsWhenItIsBound() {
    RateLimiter limiter =
        builder().requestsPer(60, MINUTE, 60).tokensPer(1000, MINUTE, 1000).concurrency(2).build();
    assertThat(metrics.bind(limiter)).isSameAs(metrics);
    limiter.acquire(Demand.tokens(300));
    limiter.acquire(Demand.tokens(700)).used(0);
    CompletableFuture<Permit> waiting = limiter.acquireAsync(Demand.request());

    assertThat(gauge("in.flight", "limiter", "openai")).isEqualTo(2);
    assertThat(gauge("concurrency")).isEqualTo(2);
    assertThat(gauge("waiting")).isEqualTo(1);
    assertThat(gauge("available", "dimension", "requests", "window", "PT1M")).isEqualTo(58);
    assertThat(gauge("available", "dimension", "tokens", "window", "PT1M")).isEqualTo(700);
    assertThat(gauge("limit", "dimension", "tokens", "window", "PT1M")).isEqualTo(1000);
    assertThat(waiting.cancel(true)).isTrue();
  }

  @Test
  void showsForHowLongTheWayIsClosedInTheRegistrysUnit() {
    RateLimiter limiter = builder().build();
    metrics.bind(limiter);
    assertThat(gauge("closed.for")).isZero();
    assertThat(gauge("concurrency")).isNaN();
    limiter.backOff(Duration.ofMillis(2500));

    assertThat(registry.get("powertools.ratelimit.closed.for").timeGauge().value(TimeUnit.SECONDS))
        .isEqualTo(2.5, within(1e-9));
    assertThat(counted("closed", "limiter", "openai")).isEqualTo(1);
  }

  @Test
  void showsLimitsThatWereChangedAndNoNumberForThoseThatAreGone() {
    RateLimiter limiter = builder().requestsPerMinute(60).build();
    metrics.bind(limiter);
    limiter.change(Limits.of(Limit.of(Dimension.TOKENS, 6000, MINUTE)));

    assertThat(gauge("available", "dimension", "tokens")).isEqualTo(100);
    assertThat(gauge("available", "dimension", "requests")).isNaN();
    limiter.change(Limits.of(Limit.of(Dimension.TOKENS, 600, MINUTE)));
    assertThat(gauge("limit", "dimension", "tokens")).isEqualTo(600);
  }

  @Test
  void tellsLimitersApartByTheirNames() {
    RateLimiter first = builder().concurrency(1).build();
    RateLimiter second = builder().name("anthropic").concurrency(5).build();
    metrics.bind(first).bind(second);
    second.acquire(Demand.request());

    assertThat(gauge("in.flight", "limiter", "openai")).isZero();
    assertThat(gauge("in.flight", "limiter", "anthropic")).isEqualTo(1);
    assertThat(counted("granted", "limiter", "anthropic")).isEqualTo(1);
    assertThat(registry.find("powertools.ratelimit.granted").tag("limiter", "openai").counter())
        .isNull();
  }

  @Test
  void neitherTenantsNorKeysBecomeTagsUnlessTheyAreAskedFor() {
    RateLimiter limiter = builder().level("user", user -> Limits.none().concurrency(1)).build();
    metrics.bind(limiter);
    for (int i = 0; i < 50; i++) {
      limiter.acquire(Demand.request().tenant("tenant-" + i).at("user-" + i)).close();
    }
    limiter.backOff(SECOND, "user-1");

    assertThat(tagKeys()).containsExactlyInAnyOrder("limiter", "priority", "outcome");
    assertThat(registry.getMeters()).hasSize(8);
    assertThat(counted("granted")).isEqualTo(50);
  }

  @Test
  void addsTagsThatAreAskedFor() {
    LimiterMetrics byTenant =
        LimiterMetrics.on(registry, demand -> Tags.of("tenant", demand.tenant()));
    RateLimiter limiter =
        RateLimiter.builder().name("openai").time(clock).concurrency(1).onEvent(byTenant).build();
    limiter.acquire(Demand.request().tenant("acme")).close();
    assertThat(limiter.tryAcquire(Demand.request().tenant("other"))).isPresent();
    assertThat(limiter.tryAcquire(Demand.request().tenant("other"))).isEmpty();

    assertThat(counted("granted", "tenant", "acme")).isEqualTo(1);
    assertThat(timer("held", "tenant", "acme").count()).isEqualTo(1);
    assertThat(counted("refused", "tenant", "other")).isEqualTo(1);
  }

  @Test
  void showsWhatIsKeptOfOneKey() {
    Map<String, Integer> most = Map.of("openai", 3, "anthropic", 7);
    RateLimiter limiter =
        builder()
            .name("llm")
            .level(
                "provider",
                key -> Limits.none().concurrency(Optional.ofNullable(most.get(key)).orElse(1)))
            .build();
    metrics.bind(limiter, Tags.of("provider", "all"));
    most.keySet().forEach(key -> metrics.bind(limiter, Tags.of("provider", key), key));
    limiter.acquire(Demand.request().at("openai"));

    assertThat(gauge("in.flight", "provider", "all")).isEqualTo(1);
    assertThat(gauge("in.flight", "provider", "openai")).isEqualTo(1);
    assertThat(gauge("in.flight", "provider", "anthropic")).isZero();
    assertThat(gauge("concurrency", "provider", "anthropic")).isEqualTo(7);
  }

  @Test
  void everyMeterHasADescriptionAndIsNamedByTheConvention() {
    RateLimiter limiter = builder().requestsPer(1, MINUTE, 1).concurrency(1).build();
    metrics.bind(limiter);
    limiter.acquire(Demand.request()).close();
    limiter.backOff(SECOND);

    assertThat(registry.getMeters())
        .map(Meter::getId)
        .allSatisfy(
            id -> {
              assertThat(id.getName()).matches("powertools\\.ratelimit(\\.[a-z]+)+");
              assertThat(id.getDescription()).isNotBlank();
            });
  }
}
