package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Levels of keys: nested, apart, forgotten, too many. */
@Timeout(60)
class PlacesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Limits ONE_PER_SECOND = Limits.of(Limit.of(Dimension.REQUESTS, 1, SECOND));
  private static final Limits ONE_AT_ONCE = Limits.none().concurrency(1);

  private final VirtualClock clock = VirtualClock.create();

  private RateLimiterBuilder builder() {
    return RateLimiter.builder().name("llm").time(clock).executor(Runnable::run);
  }

  private static Function<String, Limits> all(Limits limits) {
    return key -> limits;
  }

  private static Demand at(String... keys) {
    return Demand.request().at(keys);
  }

  @Test
  void aNestedKeyIsOneOfItsOwnBelowEachKeyBeforeIt() {
    RateLimiter limiter =
        builder().level("provider", all(Limits.none())).level("user", all(ONE_PER_SECOND)).build();
    assertThat(limiter.tryAcquire(at("openai", "ada"))).isPresent();
    assertThat(limiter.tryAcquire(at("openai", "ada"))).isEmpty();
    assertThat(limiter.tryAcquire(at("mistral", "ada"))).isPresent();
  }

  @Test
  void aKeyApartIsTheSameEverywhere() {
    RateLimiter limiter =
        builder()
            .level("provider", all(Limits.none()))
            .levelApart("user", all(ONE_PER_SECOND))
            .build();
    assertThat(limiter.tryAcquire(at("openai", "ada"))).isPresent();
    assertThat(limiter.tryAcquire(at("mistral", "ada"))).isEmpty();
    assertThat(limiter.tryAcquire(at("mistral"))).isPresent();
  }

  @Test
  void whatIsNotThereAtOneLevelIsTakenFromNone() {
    RateLimiter limiter =
        builder().requestsPer(5, SECOND, 5).level("provider", all(ONE_PER_SECOND)).build();
    assertThat(limiter.tryTake(at("openai"))).isTrue();
    assertThat(limiter.tryTake(at("openai"))).isFalse();
    assertThat(limiter.state().availableRequests()).hasValue(4);
  }

  @Test
  void aPlaceThatSomebodyHasYetToPassIsNotForgotten() {
    RateLimiter limiter =
        builder()
            .level("provider", all(ONE_PER_SECOND))
            .levelApart("user", key -> key.equals("ada") ? ONE_AT_ONCE : Limits.none())
            .build();
    Permit running = limiter.acquire(at("elsewhere", "ada"));
    CompletableFuture<Permit> waiting = limiter.acquireAsync(at("openai", "ada"));
    for (int i = 0; i < 10; i++) { // each looks for places that can be forgotten
      limiter.state("x", "y" + i);
    }
    assertThat(limiter.tryAcquire(at("openai", "bob"))).isPresent();
    running.close();
    assertThat(waiting).isNotDone(); // the one request of this second is gone
    clock.advance(SECOND);
    assertThat(waiting).isCompleted();
  }

  @Test
  void whatIsReportedLateIsChargedToThePlaceThatTheKeyHasNow() {
    AtomicReference<Limits> limits =
        new AtomicReference<>(Limits.of(Limit.of(Dimension.TOKENS, 10, SECOND).burst(10)));
    RateLimiter limiter = builder().level("provider", key -> limits.get()).build();
    Permit ended = limiter.acquire(Demand.tokens(5).at("openai"));
    ended.close();
    clock.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 10; i++) {
      limiter.state("other" + i);
    }
    assertThat(limiter.state().keys()).isLessThan(5);
    limits.set(Limits.of(Limit.of(Dimension.TOKENS, 100, SECOND).burst(100)));
    ended.used(25);
    assertThat(limiter.state("openai").availableTokens()).hasValue(80);
  }

  @Test
  void aPauseThatIsReportedLateClosesThePlaceThatTheKeyHasNow() {
    RateLimiter limiter = builder().level("provider", all(ONE_PER_SECOND)).build();
    Permit ended = limiter.acquire(at("openai"));
    ended.close();
    clock.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 10; i++) {
      limiter.state("other" + i);
    }
    ended.throttled(Duration.ofSeconds(30));
    assertThat(limiter.state("openai").closedFor()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void keysAtRestAreForgottenHoweverDeepAndMany() {
    RateLimiter limiter =
        builder()
            .level("tenant", all(ONE_PER_SECOND))
            .level("user", all(ONE_PER_SECOND))
            .levelApart("session", all(ONE_PER_SECOND))
            .build();
    int most = 0;
    for (int i = 0; i < 100_000; i++) {
      assertThat(limiter.tryTake(at("t" + i, "u" + i, "s" + i))).isTrue();
      clock.advance(SECOND);
      most = Math.max(most, limiter.state().keys());
    }
    assertThat(most).isLessThan(20);
  }

  @Test
  void keysInUseAreKept() {
    RateLimiter limiter = builder().level("user", all(ONE_AT_ONCE)).build();
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      permits.add(limiter.acquire(at("u" + i)));
    }
    assertThat(limiter.state().keys()).isEqualTo(100);
    permits.forEach(Permit::close);
    for (int i = 0; i < 200; i++) {
      assertThat(limiter.tryAcquire(at("last"))).hasValueSatisfying(Permit::close);
    }
    assertThat(limiter.state().keys()).isEqualTo(1);
  }

  @Test
  void moreKeysThanAllowedShareOnePlaceOfEachLevel() {
    RateLimiter limiter = builder().maxKeys(2).level("user", all(ONE_AT_ONCE)).build();
    Permit ada = limiter.acquire(at("ada"));
    limiter.acquire(at("bob"));
    Permit cy = limiter.acquire(at("cy"));
    assertThat(limiter.tryAcquire(at("dan"))).isEmpty();
    assertThatThrownBy(() -> limiter.acquire(at("dan").within(Duration.ZERO)))
        .hasMessageContaining("1 call at once of all other keys of user");
    assertThat(limiter.state().keys()).isEqualTo(2);
    cy.close();
    assertThat(limiter.tryAcquire(at("dan"))).isPresent();
    ada.close();
    assertThat(limiter.tryAcquire(at("ada"))).isPresent();
  }

  @Test
  void aDemandHasNoMoreKeysThanTheLimiterHasLevels() {
    RateLimiter flat = builder().build();
    assertThatThrownBy(() -> flat.acquire(at("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A demand at [a] has 1 keys, but the limiter has no levels. Give one key for each"
                + " level, in their order.");
    RateLimiter deep = builder().level("provider", all(Limits.none())).build();
    assertThatThrownBy(() -> deep.state("a", "b"))
        .hasMessageContaining("has 2 keys, but the limiter has the levels [provider].");
  }

  @Test
  void limitsOfAKeyThatCannotBeToldHarmNobodyElse() {
    RateLimiter limiter =
        builder()
            .level(
                "user",
                key -> {
                  if (key.equals("eve")) {
                    throw new IllegalStateException("no such user");
                  }
                  return key.equals("nil") ? null : ONE_AT_ONCE;
                })
            .build();
    assertThatThrownBy(() -> limiter.acquire(at("eve"))).hasMessage("no such user");
    assertThatThrownBy(() -> limiter.acquire(at("nil")))
        .hasMessage("No limits for user \"nil\": give Limits.none() for none.");
    assertThat(limiter.tryAcquire(at("ada"))).isPresent();
  }

  @Test
  void newLimitsOfALevelHoldForItsKeysAndForThoseThatComeLater() {
    AtomicReference<Limits> limits = new AtomicReference<>(ONE_AT_ONCE);
    RateLimiter limiter =
        builder()
            .level("provider", all(Limits.none().concurrency(7)))
            .level("user", key -> limits.get())
            .build();
    limiter.acquire(at("openai", "ada"));
    CompletableFuture<Permit> waiting = limiter.acquireAsync(at("openai", "ada"));
    limits.set(Limits.none().concurrency(2));
    limiter.changeLevel("user", key -> limits.get());
    assertThat(waiting).isCompleted();
    assertThat(limiter.limits("openai", "ada")).isEqualTo(limits.get());
    assertThat(limiter.limits("openai", "bob")).isEqualTo(limits.get());
    assertThat(limiter.limits("openai").concurrency()).hasValue(7);
  }

  @Test
  void namesTheKeyInTheWay() {
    RateLimiter limiter =
        builder()
            .level("provider", all(Limits.none()))
            .levelApart("user", all(ONE_PER_SECOND))
            .build();
    limiter.acquire(at("openai", "ada"));
    assertThatThrownBy(() -> limiter.acquire(at("openai", "ada").within(Duration.ZERO)))
        .hasMessageContaining(
            "In the way: 1 request per second of user \"ada\", for PT1S at least");
    limiter.backOff(SECOND, "openai");
    assertThatThrownBy(() -> limiter.acquire(at("openai").within(Duration.ZERO)))
        .hasMessageContaining(
            "In the way: the back-off that the provider asked for of provider \"openai\"");
  }

  @Test
  void tellsHowManyHaveYetToPassAPlace() {
    RateLimiter limiter =
        builder()
            .level("provider", all(Limits.none()))
            .levelApart("user", all(ONE_AT_ONCE))
            .build();
    limiter.acquire(at("openai", "ada"));
    CompletableFuture<Permit> waiting = limiter.acquireAsync(at("openai", "ada"));
    assertThat(limiter.state("openai").waiting()).isEqualTo(1);
    assertThat(limiter.state("mistral").waiting()).isZero();
    assertThat(limiter.state().waiting()).isEqualTo(1);
    waiting.cancel(false);
    assertThat(limiter.state("openai").waiting()).isZero();
  }
}
