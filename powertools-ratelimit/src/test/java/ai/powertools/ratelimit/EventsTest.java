package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener is told. */
@Timeout(60)
class EventsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String LIMIT = "1 request per second";

  private final VirtualClock clock = VirtualClock.create();
  private final List<LimiterEvent> events = new ArrayList<>();
  private final Demand demand = Demand.request();

  private RateLimiterBuilder builder() {
    return RateLimiter.builder()
        .name("llm")
        .time(clock)
        .executor(Runnable::run)
        .onEvent(events::add);
  }

  @Test
  void ofACallThatGoesAtOnceItsBeginAndItsEnd() {
    RateLimiter limiter = builder().build();
    Permit permit = limiter.acquire(demand);
    clock.advance(SECOND);
    permit.close();
    permit.close();
    assertThat(events)
        .containsExactly(
            new LimiterEvent.Granted("llm", demand, Duration.ZERO),
            new LimiterEvent.Ended("llm", demand, SECOND));
    assertThat(events).allMatch(event -> event.limiter().equals("llm"));
  }

  @Test
  void ofACallThatWaitsOnlyThatItWentThrough() {
    RateLimiter limiter = builder().requestsPerSecond(1).build();
    assertThat(limiter.tryTake(demand)).isTrue();
    assertThat(limiter.acquireAsync(demand)).isNotDone();
    clock.advance(SECOND);
    assertThat(events)
        .containsExactly(
            new LimiterEvent.Granted("llm", demand, Duration.ZERO),
            new LimiterEvent.Granted("llm", demand, SECOND));
  }

  @Test
  void ofACallThatIsRefusedWhyAndOnlyOnce() {
    RateLimiter limiter = builder().requestsPerSecond(1).build();
    assertThat(limiter.tryTake(demand)).isTrue();
    events.clear();
    LimiterEvent refused =
        new LimiterEvent.Refused("llm", demand, Refusal.TOO_LATE, LIMIT, Duration.ZERO);
    assertThat(limiter.tryAcquire(demand)).isEmpty();
    assertThat(limiter.tryTake(demand)).isFalse();
    assertThat(events).containsExactly(refused, refused);
    events.clear();
    Demand hasty = demand.within(Duration.ZERO);
    assertThat(limiter.acquireAsync(hasty)).isCompletedExceptionally();
    assertThatThrownBy(() -> limiter.acquire(hasty)).isNotNull();
    LimiterEvent late =
        new LimiterEvent.Refused("llm", hasty, Refusal.TOO_LATE, LIMIT, Duration.ZERO);
    assertThat(events).containsExactly(late, late);
  }

  @Test
  void ofACallThatCanNeverBe() {
    RateLimiter limiter = builder().tokensPerMinute(10).build();
    Demand huge = Demand.tokens(11);
    assertThatThrownBy(() -> limiter.acquire(huge)).isNotNull();
    assertThat(limiter.acquireAsync(huge)).isCompletedExceptionally();
    assertThatThrownBy(() -> limiter.tryAcquire(huge)).isNotNull();
    LimiterEvent never =
        new LimiterEvent.Refused(
            "llm", huge, Refusal.IMPOSSIBLE, "10 tokens per minute", Duration.ZERO);
    assertThat(events).containsExactly(never, never, never);
  }

  @Test
  void ofWhoGivesUpWaitsInVainOrMakesRoom() {
    RateLimiter limiter = builder().concurrency(1).queue(2, Shed.OLDEST).build();
    limiter.acquire(demand);
    events.clear();
    Demand hasty = demand.within(SECOND);
    CompletableFuture<Permit> first = limiter.acquireAsync(demand);
    CompletableFuture<Permit> late = limiter.acquireAsync(hasty);
    clock.advance(SECOND);
    assertThat(late).isCompletedExceptionally();
    assertThat(limiter.acquireAsync(demand)).isNotDone();
    CompletableFuture<Permit> last = limiter.acquireAsync(demand);
    assertThat(first).isCompletedExceptionally();
    last.cancel(true);
    assertThat(events)
        .containsExactly(
            new LimiterEvent.Refused("llm", hasty, Refusal.BUSY, "1 call at once", SECOND),
            new LimiterEvent.Refused("llm", demand, Refusal.DISPLACED, "a queue of 2", SECOND),
            new LimiterEvent.GaveUp("llm", demand, Duration.ZERO));
  }

  @Test
  void ofAPermitThatDoesNotComeBack() {
    RateLimiter limiter = builder().concurrency(1).leases(SECOND).build();
    Permit lost = limiter.acquire(demand);
    clock.advance(Duration.ofMillis(600));
    lost.renew();
    CompletableFuture<Permit> next = limiter.acquireAsync(demand);
    clock.advance(Duration.ofMillis(600));
    assertThat(next).isNotDone();
    clock.advance(Duration.ofMillis(400));
    assertThat(next).isCompleted();
    lost.renew();
    lost.close();
    lost.cancel();
    assertThat(events)
        .containsExactly(
            new LimiterEvent.Granted("llm", demand, Duration.ZERO),
            new LimiterEvent.LeaseEnded("llm", demand, Duration.ofMillis(1600)),
            new LimiterEvent.Granted("llm", demand, SECOND));
  }

  @Test
  void ofPlacesThatCloseAndOfLimitsThatChange() {
    Limits one = Limits.none().concurrency(1);
    RateLimiter limiter = builder().level("provider", key -> one).build();
    limiter.backOff(SECOND, "openai");
    limiter.backOff(Duration.ZERO);
    limiter.backOff(Duration.ofMillis(500), "openai");
    limiter.backOff(Duration.ofSeconds(Long.MAX_VALUE));
    limiter.change(one, "openai");
    limiter.change(Limits.none(), "openai");
    assertThat(events)
        .containsExactly(
            new LimiterEvent.Closed("llm", "provider \"openai\"", SECOND),
            new LimiterEvent.Closed("llm", "", Duration.ofNanos(Level.FAR)),
            new LimiterEvent.Changed("llm", "provider \"openai\"", Limits.none()));
  }

  @Test
  void everyListenerInTheOrderInWhichTheyCameAndNoneCostsAPermit() {
    List<String> told = new ArrayList<>();
    List<Throwable> uncaught = new ArrayList<>();
    RateLimiter limiter =
        RateLimiter.builder()
            .concurrency(1)
            .onEvent(event -> told.add("first"))
            .onEvent(
                event -> {
                  told.add("second");
                  throw new IllegalStateException("a listener that fails");
                })
            .build();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      limiter.acquire(demand).close();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertThat(told).containsExactly("first", "second", "first", "second");
    assertThat(uncaught).extracting(Throwable::getMessage).containsOnly("a listener that fails");
    assertThat(limiter.state().inFlight()).isZero();
  }

  @Test
  void aListenerThatFailsBadlyCostsNobodyAPermit() {
    List<Throwable> reported = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, failure) -> reported.add(failure));
    try {
      RateLimiter limiter =
          RateLimiter.builder()
              .time(clock)
              .concurrency(1)
              .onEvent(
                  event -> {
                    throw new AssertionError("badly");
                  })
              .build();
      limiter.acquire(demand).close();
      assertThat(limiter.tryAcquire(demand)).isPresent();
      assertThat(reported).hasSize(3).allMatch(AssertionError.class::isInstance);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
  }
}
