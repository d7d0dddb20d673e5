package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who wait, when what they wait for changes. */
@Timeout(60)
class ReconsiderTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Limits HUNDRED =
      Limits.of(Limit.of(Dimension.TOKENS, 100, SECOND).burst(100));

  private final VirtualClock clock = VirtualClock.create();

  private RateLimiterBuilder builder() {
    return RateLimiter.builder().name("llm").time(clock).executor(Runnable::run);
  }

  private static RateLimitExceededException refusal(CompletableFuture<Permit> future) {
    return (RateLimitExceededException) catchThrowable(future::join).getCause();
  }

  @Test
  void whoCanNeverGoUnderOtherLimitsIsRefusedAndHoldsNobodyUp() {
    RateLimiter limiter = builder().limits(HUNDRED).build();
    limiter.acquire(Demand.tokens(100)).close();
    CompletableFuture<Permit> heavy = limiter.acquireAsync(Demand.tokens(80));
    CompletableFuture<Permit> light = limiter.acquireAsync(Demand.tokens(10));
    limiter.change(Limits.of(Limit.of(Dimension.TOKENS, 50, SECOND).burst(50)));
    assertThat(refusal(heavy).refusal()).isEqualTo(Refusal.IMPOSSIBLE);
    assertThat(refusal(heavy))
        .hasMessageContaining("In the way: 50 tokens per second, of which there are never more");
    clock.advance(Duration.ofMillis(1200)); // what is missing stays missing
    assertThat(light).isCompleted();
  }

  @Test
  void whoCanNeverPassAPlaceFurtherUpIsRefusedWhereItWaits() {
    RateLimiter limiter =
        builder().limits(HUNDRED).level("user", key -> Limits.none().concurrency(1)).build();
    limiter.acquire(Demand.request().at("ada"));
    CompletableFuture<Permit> heavy = limiter.acquireAsync(Demand.tokens(80).at("ada"));
    limiter.change(Limits.of(Limit.of(Dimension.TOKENS, 50, SECOND).burst(50)));
    assertThat(refusal(heavy).refusal()).isEqualTo(Refusal.IMPOSSIBLE);
  }

  @Test
  void whoWaitsElsewhereForAPlaceThatClosesForTooLongIsRefusedNow() {
    RateLimiter limiter =
        builder()
            .level("provider", key -> Limits.none())
            .levelApart("user", key -> Limits.none().concurrency(1))
            .build();
    limiter.acquire(Demand.request().at("openai", "ada"));
    Demand demand = Demand.request().at("openai", "ada");
    CompletableFuture<Permit> hasty = limiter.acquireAsync(demand.within(SECOND));
    CompletableFuture<Permit> patient = limiter.acquireAsync(demand);
    limiter.backOff(Duration.ofSeconds(9), "openai");
    assertThat(refusal(hasty).retryAfter()).contains(Duration.ofSeconds(9));
    assertThat(refusal(hasty).limit())
        .isEqualTo("the back-off that the provider asked for of provider \"openai\"");
    assertThat(patient).isNotDone();
  }

  @Test
  void whoPassedAPlaceThatClosesWaitsForItAgain() {
    RateLimiter limiter = builder().concurrency(1).level("user", key -> HUNDRED).build();
    Permit running = limiter.acquire(Demand.tokens(0).at("ada"));
    CompletableFuture<Permit> waiting = limiter.acquireAsync(Demand.tokens(10).at("ada"));
    limiter.backOff(SECOND, "ada");
    running.close();
    assertThat(waiting).isNotDone();
    clock.advance(SECOND);
    assertThat(waiting).isCompleted();
  }

  @Test
  void whoHasToGoBackIsNotOvertakenByALighterOneBehindIt() {
    RateLimiter limiter = builder().concurrency(1).level("user", key -> HUNDRED).build();
    Permit running = limiter.acquire(Demand.tokens(10).at("ada"));
    CompletableFuture<Permit> heavy = limiter.acquireAsync(Demand.tokens(60).at("ada"));
    CompletableFuture<Permit> light = limiter.acquireAsync(Demand.tokens(5).at("ada"));
    running.used(55); // of ada's hundred there are 45 now, not enough for the heavy one
    running.close();
    assertThat(heavy).isNotDone();
    assertThat(light).isNotDone();
    clock.advance(Duration.ofMillis(150));
    assertThat(heavy).isCompleted();
    heavy.join().close();
    assertThat(light).isNotDone();
    clock.advance(Duration.ofMillis(50));
    assertThat(light).isCompleted();
  }

  @Test
  void aNewcomerOfAHigherPriorityThatCanGoGoesAtOnce() {
    RateLimiter limiter = builder().limits(HUNDRED).build();
    limiter.acquire(Demand.tokens(50)).close();
    CompletableFuture<Permit> heavy =
        limiter.acquireAsync(Demand.tokens(100).priority(Priority.LOW));
    assertThat(limiter.acquireAsync(Demand.tokens(50).priority(Priority.HIGH))).isCompleted();
    assertThat(heavy).isNotDone();
  }

  @Test
  void oneWhoseTurnItIsFurtherUpGoesAtOnce() {
    RateLimiter limiter =
        builder().limits(HUNDRED).level("user", key -> Limits.none().concurrency(1)).build();
    Permit running = limiter.acquire(Demand.tokens(50).at("ada"));
    CompletableFuture<Permit> urgent =
        limiter.acquireAsync(Demand.tokens(50).priority(Priority.HIGH).at("ada"));
    CompletableFuture<Permit> heavy =
        limiter.acquireAsync(Demand.tokens(100).priority(Priority.LOW));
    running.close();
    assertThat(urgent).isCompleted();
    assertThat(heavy).isNotDone();
  }

  @Test
  void moreUsedThanReservedIsKnownAtEveryPlaceBeforeAnybodyElseGoes() {
    RateLimiter limiter = builder().limits(HUNDRED).level("user", key -> HUNDRED).build();
    Permit call = limiter.acquire(Demand.tokens(60).at("ada"));
    CompletableFuture<Permit> hasty =
        limiter.acquireAsync(Demand.tokens(50).at("ada").within(Duration.ofMillis(500)));
    CompletableFuture<Permit> next = limiter.acquireAsync(Demand.tokens(30).at("bob"));
    assertThat(next).isCompleted();
    CompletableFuture<Permit> light = limiter.acquireAsync(Demand.tokens(1).at("ada"));
    call.used(160);
    assertThat(hasty).isCompletedExceptionally();
    assertThat(light).isNotDone();
    assertThat(limiter.state().availableTokens()).hasValue(-90);
  }

  @Test
  void somebodyWhoCannotWaitAnywayTakesNobodysPlaceInTheQueue() {
    RateLimiter limiter = builder().concurrency(1).queue(1, Shed.OLDEST).build();
    limiter.acquire(Demand.request());
    CompletableFuture<Permit> waiting = limiter.acquireAsync(Demand.request());
    assertThatThrownBy(() -> limiter.acquire(Demand.request().within(Duration.ZERO)))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BUSY));
    assertThat(waiting).isNotDone();
  }

  @Test
  void whoeverIsDisplacedLetsThoseThroughWhomItHeldUp() {
    RateLimiter limiter = builder().limits(HUNDRED).queue(1, Shed.OLDEST).build();
    limiter.acquire(Demand.tokens(50)).close();
    CompletableFuture<Permit> heavy = limiter.acquireAsync(Demand.tokens(100));
    CompletableFuture<Permit> light = limiter.acquireAsync(Demand.tokens(10));
    assertThat(refusal(heavy).refusal()).isEqualTo(Refusal.DISPLACED);
    assertThat(refusal(heavy)).hasMessageContaining("of 1 calls that may wait, another one took");
    assertThat(light).isCompleted();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void theLeastUrgentOfTheLatestMakesRoomForOneThatIsMoreUrgent() {
    RateLimiter limiter = builder().concurrency(1).queue(2, Shed.LEAST_URGENT).build();
    Permit running = limiter.acquire(Demand.request());
    Demand low = Demand.request().priority(Priority.LOW);
    CompletableFuture<Permit> first = limiter.acquireAsync(low);
    CompletableFuture<Permit> second = limiter.acquireAsync(low);
    assertThat(refusal(limiter.acquireAsync(low)).refusal()).isEqualTo(Refusal.QUEUE_FULL);
    CompletableFuture<Permit> normal = limiter.acquireAsync(Demand.request());
    assertThat(refusal(second).refusal()).isEqualTo(Refusal.DISPLACED);
    running.close();
    assertThat(normal).isCompleted();
    normal.join().close();
    assertThat(first).isCompleted();
  }

  @Test
  void aQueueOfNobodyLetsNobodyWait() {
    RateLimiter limiter = builder().concurrency(1).queue(0, Shed.OLDEST).build();
    limiter.acquire(Demand.request());
    assertThatThrownBy(() -> limiter.acquire(Demand.request()))
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessageContaining("0 calls wait already, as many as may");
  }

  @Test
  void callsThatAreRefusedTogetherCountAsOneRefusal() {
    RateLimiter limiter = builder().build();
    List<Permit> together =
        Stream.generate(() -> limiter.acquire(Demand.request())).limit(8).toList();
    together.forEach(Permit::throttled);
    together.forEach(Permit::close);
    assertThat(limiter.state().closedFor()).isEqualTo(SECOND);
    clock.advance(SECOND);
    limiter.acquire(Demand.request()).throttled();
    assertThat(limiter.state().closedFor()).isEqualTo(SECOND.multipliedBy(2));
  }

  /** Half as fast after one success, as before after two. */
  private static final class HalfOnce implements RateControl {
    private int successes;

    @Override
    public double factor() {
      return successes == 1 ? 0.5 : 1;
    }

    @Override
    public void onSuccess(Instant now) {
      successes++;
    }

    @Override
    public void onThrottled(Instant now) {
      // Nothing is refused here.
    }
  }

  @Test
  void whoWasRefusedWhileItWasSlowGoesWhenItIsFastAgain() {
    RateLimiter limiter = builder().requestsPerSecond(1).adaptRate(HalfOnce::new).build();
    Demand demand = Demand.request();
    Permit first = limiter.acquire(demand);
    clock.advance(SECOND);
    Permit second = limiter.acquire(demand);
    first.close();
    assertThat(limiter.tryTake(demand)).isFalse();
    second.close();
    clock.advance(SECOND);
    assertThat(limiter.tryTake(demand)).isTrue();
  }

  @Test
  void namesTheLevelsWhenOneIsChangedThatIsNotThere() {
    RateLimiter limiter =
        RateLimiter.builder().name("gateway").level("user", user -> Limits.none()).build();
    assertThatThrownBy(() -> limiter.changeLevel("usr", user -> Limits.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no level \"usr\": limiter \"gateway\" has the levels [user].");
  }

  @Test
  void aControlThatThrowsKeepsNoPlace() {
    ConcurrencyControl broken =
        new ConcurrencyControl() {
          @Override
          public int limit() {
            return 1;
          }

          @Override
          public void onEnd(Duration roundTrip, int inFlightAtStart, Outcome outcome) {
            throw new IllegalStateException("broken");
          }
        };
    RateLimiter limiter = RateLimiter.builder().adaptConcurrency(() -> broken).build();
    Permit permit = limiter.acquire(Demand.request());
    assertThatThrownBy(permit::close).hasMessage("broken");
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
  }
}
