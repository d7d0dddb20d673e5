package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.shared.Grant;
import ai.powertools.ratelimit.shared.InMemoryLimits;
import ai.powertools.ratelimit.shared.SharedLimits;
import ai.powertools.ratelimit.shared.SharedTake;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limiters that share their limits, as those of several processes do. */
@Timeout(60)
class SharedLimiterTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualClock clock = VirtualClock.create();
  private final FlakyLimits server = new FlakyLimits(InMemoryLimits.on(clock));

  /** A server that can be cut off. */
  private static class FlakyLimits implements SharedLimits {
    private final SharedLimits inner;
    private boolean cut;
    private int asked;

    FlakyLimits(SharedLimits inner) {
      this.inner = inner;
    }

    @Override
    public CompletableFuture<Grant> take(SharedTake take) {
      asked++;
      return cut
          ? CompletableFuture.failedFuture(new IllegalStateException("cut off"))
          : inner.take(take);
    }

    @Override
    public CompletableFuture<Void> giveBack(
        String key, Limits limits, Map<Dimension, Long> amounts, long stamp) {
      return inner.giveBack(key, limits, amounts, stamp);
    }

    @Override
    public CompletableFuture<Void> renew(String key, List<String> leases, Duration ttl) {
      return cut
          ? CompletableFuture.failedFuture(new IllegalStateException("cut off"))
          : inner.renew(key, leases, ttl);
    }

    @Override
    public CompletableFuture<Void> release(String key, String lease) {
      return inner.release(key, lease);
    }

    @Override
    public CompletableFuture<Void> backOff(String key, Duration pause) {
      return inner.backOff(key, pause);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private RateLimiterBuilder builder(Sharing sharing) {
    return RateLimiter.builder()
        .name("shared")
        .time(clock)
        .executor(Runnable::run)
        .shared(server, "openai", sharing);
  }

  private RateLimiter limiter(Limits limits, Sharing sharing) {
    return builder(sharing).limits(limits).build();
  }

  private static Limits requests(long perMinute) {
    return Limits.of(Limit.of(Dimension.REQUESTS, perMinute, MINUTE).burst(perMinute));
  }

  private static int take(RateLimiter limiter, int most) {
    int taken = 0;
    for (int i = 0; i < most; i++) {
      if (limiter.tryTake(Demand.request())) {
        taken++;
      }
    }
    return taken;
  }

  @Test
  void togetherTheyLetNoMoreThroughThanOneWould() {
    Sharing each = Sharing.refusing().slice(0);
    RateLimiter one = limiter(requests(10), each);
    RateLimiter other = limiter(requests(10), each);
    assertThat(take(one, 6)).isEqualTo(6);
    assertThat(take(other, 6)).isEqualTo(4);
    assertThat(take(one, 6)).isZero();
    clock.advance(Duration.ofSeconds(6));
    assertThat(take(one, 2) + take(other, 2)).isEqualTo(1);
  }

  @Test
  void whoCallsOftenAsksSeldom() {
    RateLimiter one = limiter(requests(60_000), Sharing.refusing());
    assertThat(take(one, 10_000)).isEqualTo(10_000);
    assertThat(server.asked).isLessThan(500);
  }

  @Test
  void whoHasToWaitIsLetThroughInTime() {
    RateLimiter one = limiter(requests(10), Sharing.refusing().slice(0));
    assertThat(take(one, 10)).isEqualTo(10);
    CompletableFuture<Permit> first = one.acquireAsync(Demand.request().within(MINUTE));
    CompletableFuture<Permit> second = one.acquireAsync(Demand.request());
    clock.advance(Duration.ofMillis(5999));
    assertThat(first).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    clock.advance(Duration.ofSeconds(6));
    assertThat(second).isCompleted();
  }

  @Test
  void aWaitThatIsTooLongIsRefusedAtOnceWithTheEarliestTime() {
    RateLimiter one = limiter(requests(10), Sharing.refusing().slice(0));
    assertThat(take(one, 10)).isEqualTo(10);
    assertThatThrownBy(() -> one.acquire(Demand.request().within(Duration.ofSeconds(2))))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            e -> {
              assertThat(e.refusal()).isEqualTo(Refusal.TOO_LATE);
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(6));
              assertThat(e.limit()).isEqualTo("10 requests per minute");
            });
    assertThatThrownBy(() -> one.acquire(Demand.request().and(Dimension.REQUESTS, 11)))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.IMPOSSIBLE));
  }

  @Test
  void whoGivesUpGivesBackWhatWasGrantedAhead() {
    RateLimiter one = limiter(requests(10), Sharing.refusing().slice(0));
    RateLimiter other = limiter(requests(10), Sharing.refusing().slice(0));
    assertThat(take(one, 10)).isEqualTo(10);
    assertThat(one.acquireAsync(Demand.request()).cancel(true)).isTrue();
    CompletableFuture<Permit> next = other.acquireAsync(Demand.request());
    clock.advance(Duration.ofSeconds(6));
    assertThat(next).isCompleted();
  }

  @Test
  void whatACallDidNotUseGoesBackAndWhatItUsedBesideIsCharged() {
    Limits tokens = Limits.of(Limit.of(Dimension.TOKENS, 1000, MINUTE).burst(1000));
    RateLimiter one = limiter(tokens, Sharing.refusing().slice(0));
    RateLimiter other = limiter(tokens, Sharing.refusing().slice(0));
    Permit permit = one.acquire(Demand.tokens(1000));
    permit.used(400);
    permit.close();
    Optional<Permit> some = other.tryAcquire(Demand.tokens(600));
    assertThat(some).isPresent();
    some.orElseThrow().used(1100);
    assertThat(other.tryAcquire(Demand.tokens(1))).isEmpty();
    clock.advance(Duration.ofSeconds(29));
    assertThat(one.tryAcquire(Demand.tokens(1))).isEmpty();
    clock.advance(Duration.ofSeconds(3));
    assertThat(one.tryAcquire(Demand.tokens(1))).isPresent();
  }

  @Test
  void aPlaceIsFreeAgainWhenItsCallEndsOrItsLeaseIsOver() {
    Limits two = Limits.none().concurrency(2);
    RateLimiter one = limiter(two, Sharing.refusing().lease(Duration.ofSeconds(10)));
    RateLimiter other = limiter(two, Sharing.refusing().lease(Duration.ofSeconds(10)));
    Permit first = one.acquire(Demand.request());
    Permit second = other.acquire(Demand.request());
    assertThat(one.tryAcquire(Demand.request())).isEmpty();
    clock.advance(MINUTE); // renewed all the while
    assertThat(one.tryAcquire(Demand.request())).isEmpty();
    first.close();
    assertThat(other.tryAcquire(Demand.request())).isPresent();
    server.cut = true; // as if both had died
    clock.advance(Duration.ofSeconds(11));
    server.cut = false;
    assertThat(one.tryAcquire(Demand.request())).isPresent();
    second.close();
  }

  @Test
  void whoWaitsForAPlaceGetsItSoonAfterItIsFree() {
    Limits single = Limits.none().concurrency(1);
    RateLimiter one = limiter(single, Sharing.refusing());
    RateLimiter other = limiter(single, Sharing.refusing());
    Permit first = one.acquire(Demand.request());
    CompletableFuture<Permit> waits = other.acquireAsync(Demand.request());
    clock.advance(Duration.ofSeconds(5));
    assertThat(waits).isNotDone();
    first.close();
    clock.advance(Duration.ofSeconds(1));
    assertThat(waits).isCompleted();
  }

  @Test
  void aPauseHoldsForAll() {
    RateLimiter one = limiter(requests(10), Sharing.refusing().slice(0));
    RateLimiter other = limiter(requests(10), Sharing.refusing().slice(0));
    one.backOff(Duration.ofSeconds(7));
    assertThat(other.tryTake(Demand.request())).isFalse();
    CompletableFuture<Permit> waits = other.acquireAsync(Demand.request());
    clock.advance(Duration.ofMillis(6999));
    assertThat(waits).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(waits).isCompleted();
  }

  private void cutOff(RateLimiter limiter) {
    server.cut = true;
    List<CompletableFuture<Permit>> waiting = new ArrayList<>();
    waiting.add(limiter.acquireAsync(Demand.request()));
    clock.advance(Duration.ofSeconds(1)); // three questions without an answer
    waiting.forEach(future -> future.cancel(true));
  }

  @Test
  void withoutTheServerNobodyIsLetThroughIfItIsSaidSo() {
    RateLimiter one = limiter(requests(10), Sharing.refusing().slice(0));
    cutOff(one);
    assertThatThrownBy(() -> one.acquire(Demand.request()))
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessage(
            "Limiter \"shared\" does not let a request through: the server that keeps the limits of"
                + " \"openai\" cannot be reached, and nothing is let through without it. Look after"
                + " it, or choose another policy for the time it is away.")
        .hasCauseInstanceOf(IllegalStateException.class);
    server.cut = false;
    clock.advance(MINUTE);
    assertThat(one.tryTake(Demand.request())).isTrue();
  }

  @Test
  void withoutTheServerEverybodyIsLetThroughIfItIsSaidSo() {
    RateLimiter one = limiter(requests(10), Sharing.allowing().slice(0));
    cutOff(one);
    assertThat(take(one, 100)).isEqualTo(100);
    server.cut = false;
    clock.advance(MINUTE);
    assertThat(take(one, 100)).isBetween(10, 11);
  }

  @Test
  void withoutTheServerAShareIsLetThroughIfItIsSaidSo() {
    RateLimiter one = limiter(requests(10), Sharing.locally(0.5).slice(0));
    cutOff(one);
    assertThat(take(one, 100)).as("who waited got the first of five").isEqualTo(4);
    CompletableFuture<Permit> waits = one.acquireAsync(Demand.request());
    clock.advance(Duration.ofSeconds(12));
    assertThat(waits).isCompleted();
    server.cut = false;
    clock.advance(MINUTE);
    assertThat(take(one, 100)).isBetween(10, 15);
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForForEver() {
    SharedLimits silent =
        new FlakyLimits(server) {
          @Override
          public CompletableFuture<Grant> take(SharedTake take) {
            return new CompletableFuture<>();
          }
        };
    RateLimiter one =
        RateLimiter.builder()
            .requestsPerMinute(60)
            .shared(silent, "openai", Sharing.refusing().answerWithin(Duration.ofMillis(50)))
            .build();
    assertThatThrownBy(() -> one.tryAcquire(Demand.request()))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.UNREACHABLE));
    assertThatThrownBy(() -> one.acquire(Demand.request()))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.UNREACHABLE));
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(builder(Sharing.refusing()).queue(0, Shed.NEWEST)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"shared\" shares its limits, so calls wait for an answer");
    assertThatThrownBy(() -> Sharing.locally(0)).hasMessageContaining("more than 0");
    assertThatThrownBy(() -> Sharing.refusing().slice(2)).hasMessageContaining("[0, 1], not 2.0");
    assertThatThrownBy(() -> Sharing.refusing().answerWithin(Duration.ZERO))
        .hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Sharing.refusing().lease(Duration.ofMillis(1)))
        .hasMessageContaining("PT0.001S");
  }

  @Test
  void afterAPauseOfAnotherOneItStartsSlowlyToo() {
    RateLimiter one = limiter(requests(600), Sharing.refusing().slice(0));
    RateLimiter other = limiter(requests(600), Sharing.refusing().slice(0));
    one.backOff(Duration.ofSeconds(7));
    CompletableFuture<Permit> first = other.acquireAsync(Demand.request());
    CompletableFuture<Permit> second = other.acquireAsync(Demand.request());
    clock.advance(Duration.ofSeconds(8));
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    first.join().close();
    clock.advance(Duration.ofSeconds(1));
    assertThat(second).isCompleted();
  }

  @Test
  void limitsThatAreSharedAreNotChangedInOnePlaceOnly() {
    RateLimiter one = limiter(requests(10), Sharing.refusing().slice(0));
    assertThatThrownBy(() -> one.change(requests(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("give all of them others when they start");
    LimitReport.Reported fewer =
        new LimitReport.Reported(OptionalLong.of(5), OptionalLong.of(1), Optional.empty());
    one.learn(new LimitReport(Map.of(Dimension.REQUESTS, fewer), Optional.empty()));
    assertThat(take(one, 20)).isEqualTo(10);
  }

  @Test
  void whoIsRefusedByTheServerMakesRoomForThoseBehindIt() {
    Limits single = Limits.none().concurrency(1);
    RateLimiter other = limiter(single, Sharing.refusing());
    RateLimiter one =
        builder(Sharing.refusing())
            .limits(single)
            .level("user", user -> Limits.none().concurrency(1))
            .build();
    Permit taken = other.acquire(Demand.request());
    Demand ada = Demand.request().at("ada");
    CompletableFuture<Permit> first = one.acquireAsync(ada.within(Duration.ofSeconds(1)));
    CompletableFuture<Permit> second = one.acquireAsync(ada);
    clock.advance(Duration.ofSeconds(2));
    assertThat(first).isCompletedExceptionally();
    taken.close();
    clock.advance(Duration.ofSeconds(1));
    assertThat(second).isCompleted();
  }

  @Test
  void manyWhoAreRefusedOneAfterTheOtherDoNotExhaustTheStack() {
    Limits single = Limits.none().concurrency(1);
    RateLimiter one =
        builder(Sharing.refusing()).limits(single).level("user", user -> single).build();
    server.cut = true;
    List<CompletableFuture<Permit>> waiting = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waiting.add(one.acquireAsync(Demand.request().at("ada")));
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(one.state().waiting()).isZero();
  }
}
