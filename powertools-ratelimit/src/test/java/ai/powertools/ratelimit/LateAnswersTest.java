package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.shared.Grant;
import ai.powertools.ratelimit.shared.InMemoryLimits;
import ai.powertools.ratelimit.shared.SharedLimits;
import ai.powertools.ratelimit.shared.SharedTake;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers of shared limits that answer late, or throw where they should answer. */
@Timeout(60)
class LateAnswersTest {
  private static final Sharing SHARING =
      Sharing.refusing().answerWithin(Duration.ofMillis(20)).slice(0);

  /** How long a decision may take beyond a caller's patience. */
  private static final Duration GRACE = SHARING.answerWithin().multipliedBy(2);

  private final VirtualClock clock = VirtualClock.create();
  private final Server server = new Server(InMemoryLimits.on(clock));

  /** Decides at once, and says so when it is told to. */
  private static final class Server implements SharedLimits {
    private final SharedLimits inner;
    private final List<Runnable> late = new ArrayList<>();
    private boolean slow;
    private boolean broken;

    Server(SharedLimits inner) {
      this.inner = inner;
    }

    /** What was decided so far is said now. */
    void answer() {
      List<Runnable> now = List.copyOf(late);
      late.clear();
      now.forEach(Runnable::run);
    }

    private void work() {
      if (broken) {
        throw new IllegalStateException("broken");
      }
    }

    @Override
    public CompletableFuture<Grant> take(SharedTake take) {
      CompletableFuture<Grant> decided = inner.take(take);
      if (!slow) {
        return decided;
      }
      CompletableFuture<Grant> answer = new CompletableFuture<>();
      late.add(() -> answer.complete(decided.join()));
      return answer;
    }

    @Override
    public CompletableFuture<Void> giveBack(
        String key, Limits limits, Map<Dimension, Long> amounts, long stamp) {
      work();
      return inner.giveBack(key, limits, amounts, stamp);
    }

    @Override
    public CompletableFuture<Void> renew(String key, List<String> leases, Duration ttl) {
      work();
      return inner.renew(key, leases, ttl);
    }

    @Override
    public CompletableFuture<Void> release(String key, String lease) {
      work();
      return inner.release(key, lease);
    }

    @Override
    public CompletableFuture<Void> backOff(String key, Duration pause) {
      work();
      return inner.backOff(key, pause);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private RateLimiter limiter(Limits limits) {
    return limiter(limits, SHARING);
  }

  private RateLimiter limiter(Limits limits, Sharing sharing) {
    return RateLimiter.builder()
        .limits(limits)
        .time(clock)
        .executor(Runnable::run)
        .shared(server, "openai", sharing)
        .build();
  }

  private void answerTooLate(RateLimiter limiter, Demand demand) {
    server.slow = true;
    CompletableFuture<Permit> waits = limiter.acquireAsync(demand);
    clock.advance(SHARING.answerWithin());
    waits.cancel(true);
    server.slow = false;
    server.answer();
    clock.advance(Duration.ofMillis(100)); // until it may be asked again
  }

  @Test
  void aPlaceThatIsGrantedTooLateIsFreeAgain() {
    RateLimiter limiter = limiter(Limits.none().concurrency(1));
    answerTooLate(limiter, Demand.request());
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
  }

  @Test
  void whatIsGrantedTooLateGoesBack() {
    Limit tokens = Limit.of(Dimension.TOKENS, 1000, Duration.ofMinutes(1)).burst(1000);
    RateLimiter limiter = limiter(Limits.of(tokens));
    answerTooLate(limiter, Demand.tokens(600));
    assertThat(limiter.tryAcquire(Demand.tokens(900))).isPresent();
  }

  @Test
  void aServerThatThrowsKeepsNobodyWaiting() {
    Limit ten = Limit.of(Dimension.REQUESTS, 10, Duration.ofMinutes(1)).burst(10);
    RateLimiter limiter = limiter(Limits.of(ten).concurrency(1));
    Permit first = limiter.acquire(Demand.request());
    server.broken = true;
    first.cancel();
    limiter.backOff(Duration.ofMillis(1));
    clock.advance(Duration.ofMinutes(1)); // until the server has forgotten its place
    CompletableFuture<Permit> next = limiter.acquireAsync(Demand.request());
    clock.advance(Duration.ofSeconds(1));
    assertThat(next).isCompleted();
  }

  private static Limits plenty() {
    return Limits.of(Limit.of(Dimension.REQUESTS, 1000, Duration.ofMinutes(1)).burst(1000));
  }

  private static void assertRefused(CompletableFuture<Permit> call, Refusal refusal) {
    assertThat(call)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RateLimitExceededException.class)
        .satisfies(
            e ->
                assertThat(((RateLimitExceededException) e.getCause()).refusal())
                    .isEqualTo(refusal));
  }

  @Test
  void whoseAnswerDoesNotComeIsNotToldThatThereIsNotEnough() {
    RateLimiter limiter = limiter(plenty());
    server.slow = true;
    CompletableFuture<Permit> call = limiter.acquireAsync(Demand.request().within(Duration.ZERO));
    CompletableFuture<Permit> behind = limiter.acquireAsync(Demand.request().within(Duration.ZERO));
    clock.advance(GRACE);
    assertRefused(call, Refusal.UNREACHABLE);
    assertRefused(behind, Refusal.UNREACHABLE);
  }

  @Test
  void whoseTurnDoesNotComeSinceEachAnswerTakesLongIsNotToldThatThereIsNotEnough() {
    RateLimiter limiter = limiter(plenty());
    server.slow = true;
    List<CompletableFuture<Permit>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(limiter.acquireAsync(Demand.request().within(Duration.ZERO)));
    }
    for (int i = 0; i < 2; i++) {
      clock.advance(SHARING.answerWithin().minusMillis(1));
      server.answer();
    }
    clock.advance(Duration.ofMillis(2));
    assertThat(calls.subList(0, 2)).allMatch(call -> !call.isCompletedExceptionally());
    assertRefused(calls.get(2), Refusal.UNREACHABLE);
    assertRefused(calls.get(3), Refusal.UNREACHABLE);
    server.answer();
    server.slow = false;
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
  }

  @Test
  void whoWaitedForAPlaceIsBusyAlsoWhileAnAnswerIsAwaited() {
    Duration answer = Duration.ofMillis(300);
    Duration patience = Duration.ofSeconds(1);
    RateLimiter limiter =
        limiter(Limits.none().concurrency(1), Sharing.refusing().answerWithin(answer));
    Permit taken = limiter.acquire(Demand.request());
    CompletableFuture<Permit> head = limiter.acquireAsync(Demand.request());
    CompletableFuture<Permit> behind = limiter.acquireAsync(Demand.request().within(patience));
    clock.advance(patience.plus(answer));
    server.slow = true;
    clock.advance(answer);
    assertThat(server.late).as("the head has asked").hasSize(1);
    assertRefused(behind, Refusal.BUSY);
    assertThat(head).isNotDone();
    taken.close();
  }

  @Test
  void whoseAnswerDoesNotComeGoesWhereEverybodyIsLetThrough() {
    RateLimiter limiter = limiter(plenty(), quick(Sharing.allowing()));
    server.slow = true;
    CompletableFuture<Permit> call = limiter.acquireAsync(Demand.request().within(Duration.ZERO));
    clock.advance(GRACE.minusMillis(1));
    assertThat(call).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(call).isCompleted();
  }

  @Test
  void whoseAnswerDoesNotComeGoesByTheShareOfItsProcess() {
    Limit two = Limit.of(Dimension.REQUESTS, 2, Duration.ofMinutes(1)).burst(2);
    RateLimiter limiter = limiter(Limits.of(two), quick(Sharing.locally(0.5)));
    server.slow = true;
    CompletableFuture<Permit> first = limiter.acquireAsync(Demand.request().within(Duration.ZERO));
    CompletableFuture<Permit> second = limiter.acquireAsync(Demand.request().within(Duration.ZERO));
    clock.advance(GRACE);
    assertThat(first).isCompleted();
    assertRefused(second, Refusal.TOO_LATE);
  }

  private static Sharing quick(Sharing sharing) {
    return sharing.answerWithin(SHARING.answerWithin()).slice(0);
  }
}
