package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is let through, what is refused, and what goes back. */
class RateLimiterTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration NANO = Duration.ofNanos(1);

  private final VirtualClock clock = VirtualClock.create();

  private RateLimiterBuilder builder() {
    return RateLimiter.builder().name("openai").time(clock).executor(Runnable::run);
  }

  private static RateLimitExceededException refusal(RateLimiter limiter, Demand demand) {
    return catchThrowableOfType(
        RateLimitExceededException.class, () -> limiter.acquire(demand).close());
  }

  private static OptionalLong tokens(RateLimiter limiter) {
    return limiter.state().availableTokens();
  }

  @Test
  void aLimiterWithoutLimitsLetsEverythingThrough() {
    RateLimiter limiter = RateLimiter.unlimited();
    for (int i = 0; i < 1000; i++) {
      limiter.acquire(Demand.tokens(1_000_000)).used(2_000_000);
    }
    assertThat(limiter.state())
        .isEqualTo(new LimiterState(List.of(), 1000, Integer.MAX_VALUE, 0, Duration.ZERO, 0));
  }

  @Test
  void spacesCallsEvenlyInsteadOfLettingAWholeMinuteComeAtOnce() {
    RateLimiter limiter = builder().requestsPerMinute(60).build();
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
    assertThat(limiter.tryAcquire(Demand.request())).isEmpty();
    clock.advance(SECOND.minus(NANO));
    assertThat(limiter.tryAcquire(Demand.request())).isEmpty();
    clock.advance(NANO);
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
  }

  @Test
  void theDefaultBurstIsWhatAMinutesLimitLetsThroughInASecond() {
    LimiterState state = builder().requestsPerMinute(600).tokensPerMinute(90_000).build().state();
    assertThat(state.availableRequests()).hasValue(10);
    assertThat(state.availableTokens()).hasValue(1500);
  }

  @Test
  void aBurstCanBeChosenForAllLimitsAndForEach() {
    RateLimiter limiter =
        builder()
            .requestsPer(1000, Duration.ofDays(1), 50)
            .tokensPer(100_000, Duration.ofHours(1))
            .burst(0.5)
            .build();
    assertThat(limiter.state().availableRequests()).hasValue(50);
    assertThat(tokens(limiter)).hasValue(50_000);
    assertThat(tokens(builder().tokensPer(9, SECOND, 7).build())).hasValue(7);
  }

  @Test
  void severalWindowsHoldTogetherAndTheLastOfTheSameWindowCounts() {
    RateLimiter limiter =
        builder()
            .requestsPerMinute(1)
            .requestsPer(60, Duration.ofSeconds(60), 60)
            .requestsPer(3, Duration.ofDays(1), 3)
            .build();
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.tryAcquire(Demand.request())).isPresent();
    }
    assertThat(refusal(limiter, Demand.request().within(SECOND)).limit())
        .isEqualTo("3 requests per day");
  }

  @Test
  void takesFromAllLimitsOrFromNone() {
    RateLimiter limiter =
        builder().requestsPer(10, SECOND, 10).tokensPer(1000, SECOND, 1000).concurrency(9).build();
    limiter.acquire(Demand.tokens(600)).close();
    LimiterState before = limiter.state();
    assertThat(limiter.tryAcquire(Demand.tokens(600))).isEmpty();
    assertThat(refusal(limiter, Demand.tokens(600).within(Duration.ZERO))).isNotNull();
    assertThat(limiter.state()).isEqualTo(before);
  }

  @Test
  void refusesAtOnceWhenTheWaitWouldBeLongerThanAllowed() {
    RateLimiter limiter = builder().tokensPer(100_000, Duration.ofMinutes(1), 100_000).build();
    limiter.acquire(Demand.tokens(100_000)).close();
    RateLimitExceededException refused =
        refusal(limiter, Demand.tokens(57_000).within(Duration.ofSeconds(20)));
    assertThat(refused)
        .hasMessage(
            "Limiter \"openai\" does not let a request of 57000 tokens through within PT20S. In the"
                + " way: 100000 tokens per minute, for PT34.2S at least. Try again after that, allow"
                + " a longer wait, or send the call elsewhere.");
    assertThat(refused.retryable()).isTrue();
    assertThat(refused.retryAfter()).contains(Duration.ofMillis(34_200));
    assertThat(refused.limiter()).isEqualTo("openai");
    assertThat(refused.limit()).isEqualTo("100000 tokens per minute");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void refusesForeverWhatTheBucketCanNeverHold() {
    RateLimiter limiter = builder().tokensPerMinute(1000).build();
    Demand demand = Demand.tokens(1001);
    RateLimitExceededException refused = refusal(limiter, demand);
    assertThat(refused)
        .hasMessage(
            "Limiter \"openai\" can never let a request of 1001 tokens through. In the way: 1000"
                + " tokens per minute, of which there are never more than 1000. Make the request"
                + " smaller, or raise the limit.");
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.retryAfter()).isEmpty();
    assertThatThrownBy(() -> limiter.tryAcquire(demand))
        .isInstanceOf(RateLimitExceededException.class);
    assertThat(limiter.acquireAsync(demand))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RateLimitExceededException.class);
  }

  @Test
  void moreThanTheBurstGoesWhenTheBucketIsFullAndIsPaidOffAfterwards() {
    RateLimiter limiter = builder().tokensPer(100, SECOND, 10).build();
    limiter.acquire(Demand.tokens(1)).close();
    assertThat(limiter.tryAcquire(Demand.tokens(100))).isEmpty();
    clock.advance(Duration.ofMillis(10));
    limiter.acquire(Demand.tokens(100)).close();
    assertThat(tokens(limiter)).hasValue(-90);
    assertThat(refusal(limiter, Demand.tokens(1).within(Duration.ZERO)).retryAfter())
        .contains(Duration.ofMillis(910));
  }

  @Test
  void whatWasReservedAndNotUsedGoesBack() {
    RateLimiter limiter = builder().tokensPer(1000, SECOND, 1000).build();
    try (Permit permit = limiter.acquire(Demand.tokens(800))) {
      assertThat(permit.reserved()).isEqualTo(800);
      assertThat(tokens(limiter)).hasValue(200);
      permit.used(300);
      assertThat(tokens(limiter)).hasValue(700);
      permit.used(300);
      assertThat(tokens(limiter)).hasValue(700);
    }
    assertThat(tokens(limiter)).hasValue(700);
  }

  @Test
  void whatWasNeverReportedStaysChargedAsReserved() {
    RateLimiter limiter = builder().tokensPer(1000, SECOND, 1000).build();
    Permit permit = limiter.acquire(Demand.tokens(800));
    permit.close();
    permit.cancel();
    assertThat(tokens(limiter)).hasValue(200);
    assertThat(limiter.state().inFlight()).isZero();
  }

  @Test
  void moreThanWasReservedIsADebtEvenWhenReportedLate() {
    RateLimiter limiter = builder().tokensPer(1000, SECOND, 1000).build();
    Permit permit = limiter.acquire(Demand.tokens(800));
    permit.close();
    permit.used(1500);
    assertThat(tokens(limiter)).hasValue(-500);
    assertThat(refusal(limiter, Demand.tokens(1).within(Duration.ZERO)).retryAfter())
        .contains(Duration.ofMillis(501));
  }

  @Test
  void aCallThatWasNeverSentGivesEverythingBack() {
    RateLimiter limiter =
        builder().requestsPer(5, SECOND, 5).tokensPer(1000, SECOND, 1000).concurrency(1).build();
    LimiterState before = limiter.state();
    Permit permit = limiter.acquire(Demand.tokens(800));
    assertThat(permit).hasToString("permit for a request of 800 tokens");
    permit.cancel();
    permit.cancel();
    permit.close();
    assertThat(limiter.state()).isEqualTo(before);
  }

  @Test
  void aCallThatReportedItsUseWasSentAfterAll() {
    RateLimiter limiter =
        builder().requestsPer(5, SECOND, 5).tokensPer(1000, SECOND, 1000).concurrency(1).build();
    Permit permit = limiter.acquire(Demand.tokens(800));
    permit.used(100);
    permit.cancel();
    assertThat(limiter.state().availableRequests()).hasValue(4);
    assertThat(tokens(limiter)).hasValue(900);
    assertThat(limiter.state().inFlight()).isZero();

    Permit other = limiter.acquire(Demand.tokens(800));
    other.cancel();
    other.used(200);
    assertThat(tokens(limiter)).hasValue(700);
  }

  @Test
  void whatHasComeInAgainMeanwhileDoesNotComeTwice() {
    RateLimiter limiter = builder().tokensPer(1000, SECOND, 1000).build();
    Permit slow = limiter.acquire(Demand.tokens(1000));
    clock.advance(SECOND);
    limiter.acquire(Demand.tokens(900)).close();
    slow.used(0);
    assertThat(tokens(limiter)).hasValue(100);
  }

  @Test
  void ofWhatIsGivenBackOnlyThatComesWhichWouldStillBeThere() {
    RateLimiter limiter = builder().tokensPer(1000, SECOND, 1000).build();
    Permit slow = limiter.acquire(Demand.tokens(1000));
    clock.advance(Duration.ofMillis(600)); // it would have been full since it began, at 1000
    Permit second = limiter.acquire(Demand.tokens(600));
    slow.used(0);
    assertThat(tokens(limiter)).hasValue(400);
    second.used(0);
    assertThat(tokens(limiter)).hasValue(1000);
  }

  @Test
  void theFirstOfManyCallsThatWereNeverSentGivesBackAsTheLast() {
    RateLimiter limiter = builder().requestsPer(10_000, SECOND, 10_000).build();
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      permits.add(limiter.acquire(Demand.request()));
    }
    permits.forEach(Permit::cancel);
    assertThat(limiter.state().availableRequests()).hasValue(10_000);
  }

  @Test
  void oneCallOfSeveralAtOnceEndsBeforeTheNextBegins() {
    RateLimiter limiter = builder().concurrency(2).build();
    Permit first = limiter.acquire(Demand.request());
    Permit second = limiter.acquire(Demand.request());
    RateLimitExceededException refused = refusal(limiter, Demand.request().within(Duration.ZERO));
    assertThat(refused)
        .hasMessage(
            "Limiter \"openai\" does not let a request through within PT0S. In the way: 2 calls at"
                + " once, until one ends. Try again later, allow a longer wait, or send the"
                + " call elsewhere.");
    assertThat(refused.retryable()).isTrue();
    assertThat(refused.retryAfter()).isEmpty();
    first.close();
    first.close();
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
    assertThat(limiter.tryAcquire(Demand.request())).isEmpty();
    second.close();
    assertThat(limiter.state().inFlight()).isEqualTo(1);
  }

  @Test
  void aPauseOfTheProviderHoldsForAllAndTheLongestCounts() {
    RateLimiter limiter = RateLimiter.builder().name("openai").time(clock).build();
    limiter.backOff(Duration.ofSeconds(30));
    limiter.backOff(Duration.ofSeconds(10));
    limiter.backOff(Duration.ofSeconds(-10));
    assertThat(limiter.state().closedFor()).isEqualTo(Duration.ofSeconds(30));
    assertThat(refusal(limiter, Demand.request().within(SECOND)))
        .hasMessage(
            "Limiter \"openai\" does not let a request through within PT1S. In the way: the back-off"
                + " that the provider asked for, for PT30S at least. Try again after that, allow a"
                + " longer wait, or send the call elsewhere.");
    clock.advance(Duration.ofSeconds(30).minus(NANO));
    assertThat(limiter.tryAcquire(Demand.request())).isEmpty();
    clock.advance(NANO);
    assertThat(limiter.tryAcquire(Demand.request())).isPresent();
    limiter.backOff(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(limiter.tryAcquire(Demand.request())).isEmpty();
  }

  @Test
  void anAnswerAtTheDeadlineComesTooLate() {
    RateLimiter limiter = builder().requestsPerMinute(60).build();
    limiter.acquire(Demand.request()).close();
    Demand byThen = Demand.request().until(Deadline.after(SECOND, clock));
    assertThat(refusal(limiter, byThen).retryAfter()).contains(SECOND);
    Demand later = Demand.request().until(Deadline.after(SECOND.plus(NANO), clock));
    var permit = limiter.acquireAsync(later);
    clock.advance(SECOND);
    assertThat(permit).isCompleted();
  }

  @Test
  void nobodyAsksAfterItsDeadline() {
    RateLimiter limiter = builder().build();
    Demand late = Demand.request().until(Deadline.after(Duration.ZERO, clock));
    assertThatThrownBy(() -> limiter.acquire(late))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("a permit of limiter \"openai\"");
    assertThatThrownBy(() -> limiter.tryAcquire(late))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(limiter.acquireAsync(late)).isCompletedExceptionally();
    assertThat(limiter.state().inFlight()).isZero();
  }

  @Test
  void makesACallUnderAPermitThatIsClosedHoweverItEnds() {
    RateLimiter limiter = builder().concurrency(1).build();
    assertThat(limiter.<Integer>limit(Demand.request(), () -> limiter.state().inFlight()))
        .isEqualTo(1);
    assertThatThrownBy(
            () ->
                limiter.limit(
                    Demand.request(),
                    () -> {
                      throw new IllegalStateException("no answer");
                    }))
        .hasMessage("no answer");
    assertThat(limiter.state().inFlight()).isZero();
  }

  @Test
  void refusesNonsenseInPlainWords() {
    RateLimiterBuilder builder = RateLimiter.builder();
    assertThatThrownBy(() -> builder.requestsPerMinute(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A limit of 0 makes no sense: give 1 to 1000000000000000.");
    assertThatThrownBy(() -> builder.tokensPer(1, Duration.ZERO))
        .hasMessage("A limit needs a window of 1 ns to ten years, not PT0S.");
    assertThatThrownBy(() -> builder.tokensPer(1, SECOND.negated()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.tokensPer(1, Duration.ofDays(4000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.requestsPer(1, SECOND, 0))
        .hasMessageStartingWith("A burst of 0 makes no sense");
    assertThatThrownBy(() -> builder.concurrency(0))
        .hasMessageStartingWith("A concurrency of 0 makes no sense");
    for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> builder.burst(share))
          .hasMessage("A burst is a share of (0, 1], not " + share + ".");
    }
    assertThatThrownBy(() -> Demand.tokens(-1)).hasMessageStartingWith("A number of tokens of -1");
    assertThatThrownBy(() -> Demand.request().within(SECOND.negated()))
        .hasMessage("A demand cannot wait for PT-1S.");
    Permit permit = builder.build().acquire(Demand.request());
    assertThatThrownBy(() -> permit.used(-1)).hasMessageStartingWith("A number of tokens of -1");
    assertThatThrownBy(() -> permit.used(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysItsName() {
    assertThat(builder().build()).hasToString("limiter \"openai\"");
    assertThat(RateLimiter.unlimited().name()).isEqualTo("unlimited");
    assertThat(RateLimiter.builder().build().name()).isEqualTo("limiter");
  }
}
