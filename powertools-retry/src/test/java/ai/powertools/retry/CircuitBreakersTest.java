package ai.powertools.retry;

import static ai.powertools.retry.BreakerState.CLOSED;
import static ai.powertools.retry.BreakerState.DISABLED;
import static ai.powertools.retry.BreakerState.FORCED_OPEN;
import static ai.powertools.retry.BreakerState.HALF_OPEN;
import static ai.powertools.retry.BreakerState.METRICS_ONLY;
import static ai.powertools.retry.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** When breakers open, close and whom they turn away. */
class CircuitBreakersTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final List<BreakerEvent> events = new ArrayList<>();
  private final CircuitBreakers breakers =
      CircuitBreakers.builder()
          .window(4)
          .minimumCalls(4)
          .openFor(Duration.ofSeconds(30))
          .halfOpenCalls(2)
          .listener(events::add)
          .time(clock)
          .build();

  private ErrorHandler handler(CircuitBreakers guardedBy) {
    return ErrorHandler.builder()
        .retry(Retry.builder().time(clock).maxAttempts(1).build())
        .circuitBreakers(guardedBy)
        .build();
  }

  private void succeed(String key, int times) {
    for (int i = 0; i < times; i++) {
      handler(breakers).call(CallOptions.of(key), attempt -> "answer");
    }
  }

  private void fail(String key, int times) {
    fail(breakers, key, times);
  }

  private void fail(CircuitBreakers guardedBy, String key, int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(
              () ->
                  handler(guardedBy)
                      .call(
                          CallOptions.of(key),
                          attempt -> {
                            throw new Busy();
                          }))
          .isInstanceOf(Busy.class);
    }
  }

  private CircuitOpenException turnedAway(String key) {
    return catchThrowableOfType(CircuitOpenException.class, () -> succeed(key, 1));
  }

  @Test
  void opensWhenTheShareOfFailuresIsReachedAndNotBefore() {
    succeed("a", 2);
    fail("a", 1);
    assertThat(breakers.state("a")).isEqualTo(CLOSED);
    fail("a", 1);
    assertThat(breakers.state("a")).isEqualTo(OPEN);
    assertThat(events).containsExactly(new BreakerEvent("a", CLOSED, OPEN, 0.5, 0));
  }

  @Test
  void doesNotOpenBeforeTheMinimumOfCallsIsReached() {
    fail("a", 3);
    assertThat(breakers.state("a")).isEqualTo(CLOSED);
  }

  @Test
  void onlyTheLastCallsCount() {
    fail("a", 1);
    succeed("a", 4);
    fail("a", 1);
    assertThat(breakers.state("a")).isEqualTo(CLOSED);
  }

  @Test
  void aMinimumAboveTheWindowIsTheWindow() {
    CircuitBreakers small =
        CircuitBreakers.builder().window(2).minimumCalls(10).time(clock).build();
    fail(small, "a", 2);
    assertThat(small.state("a")).isEqualTo(OPEN);
  }

  @Test
  void eachKeyHasABreakerOfItsOwn() {
    fail("a", 4);
    succeed("b", 1);

    assertThat(breakers.state("a")).isEqualTo(OPEN);
    assertThat(breakers.state("b")).isEqualTo(CLOSED);
    assertThat(breakers.state("never called")).isEqualTo(CLOSED);
    assertThat(breakers.states()).hasToString("{a=OPEN, b=CLOSED}");
    assertThat(events).extracting(BreakerEvent::key).containsOnly("a");
  }

  @Test
  void whoIsTurnedAwayIsToldWhoseBreakerItIsAndHowLongItStaysOpen() {
    fail("openai/gpt-5-mini", 4);
    clock.advance(Duration.ofSeconds(18));

    CircuitOpenException error = turnedAway("openai/gpt-5-mini");
    assertThat(error)
        .hasMessage(
            "The circuit breaker of openai/gpt-5-mini is open: the call was not made. It lets"
                + " calls through again in 12 s; until then have something else answer.");
    assertThat(error.key()).isEqualTo("openai/gpt-5-mini");
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(12));
    assertThat(error.retryable()).isTrue();
  }

  @Test
  void aBreakerWithoutAKeyIsJustTheCircuitBreaker() {
    breakers.forceOpen("");
    assertThat(turnedAway(""))
        .hasMessage(
            "The circuit breaker is forced open: the call was not made. Have something else"
                + " answer.")
        .extracting(CircuitOpenException::retryAfter)
        .hasToString("Optional.empty");
  }

  @Test
  void afterAWhileAFewTryItOutAndCloseItAgain() {
    fail("a", 4);
    clock.advance(Duration.ofMillis(29_999));
    assertThat(turnedAway("a").retryAfter()).contains(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(2));
    succeed("a", 1);
    assertThat(breakers.state("a")).isEqualTo(HALF_OPEN);
    succeed("a", 1);

    assertThat(breakers.state("a")).isEqualTo(CLOSED);
    assertThat(events)
        .extracting(BreakerEvent::from, BreakerEvent::to)
        .hasToString("[(CLOSED, OPEN), (OPEN, HALF_OPEN), (HALF_OPEN, CLOSED)]");
    assertThat(events).extracting(BreakerEvent::failureRate).containsExactly(1.0, -1.0, -1.0);
  }

  @Test
  void whenThoseWhoTryItOutFailItOpensForAnotherWhile() {
    fail("a", 4);
    clock.advance(Duration.ofSeconds(31));
    fail("a", 2);

    assertThat(breakers.state("a")).isEqualTo(OPEN);
    assertThat(turnedAway("a").retryAfter()).contains(Duration.ofSeconds(30));
  }

  @Test
  void noMoreThanAFewTryItOutAtOnce() {
    fail("a", 4);
    clock.advance(Duration.ofSeconds(31));
    List<Throwable> errors = new ArrayList<>();
    String answer =
        handler(breakers)
            .call(
                CallOptions.of("a"),
                first ->
                    handler(breakers)
                        .call(
                            CallOptions.of("a"),
                            second -> {
                              errors.add(turnedAway("a"));
                              return "answer";
                            }));

    assertThat(answer).isEqualTo("answer");
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0))
        .hasMessage(
            "The circuit breaker of a is half open, and those who try it out are under way: the"
                + " call was not made. Have something else answer.");
    assertThat(breakers.state("a")).isEqualTo(CLOSED);
  }

  @Test
  void slowCallsOpenItToo() {
    CircuitBreakers patient =
        CircuitBreakers.builder()
            .window(2)
            .slowCalls(Duration.ofSeconds(20), 0.8)
            .listener(events::add)
            .time(clock)
            .build();
    ErrorHandler handler = handler(patient);
    List<Duration> durations = List.of(Duration.ofSeconds(20), Duration.ofSeconds(21));
    durations.forEach(took -> handler.call(() -> slept(took)));
    assertThat(patient.state("")).isEqualTo(CLOSED);
    handler.call(() -> slept(Duration.ofSeconds(21)));

    assertThat(patient.state("")).isEqualTo(OPEN);
    assertThat(events).containsExactly(new BreakerEvent("", CLOSED, OPEN, 0, 1));
  }

  private String slept(Duration duration) {
    clock.advance(duration);
    return "answer";
  }

  @Test
  void aWindowOfTimeForgetsWhatIsOlder() {
    CircuitBreakers timed =
        CircuitBreakers.builder()
            .window(Duration.ofSeconds(10))
            .minimumCalls(3)
            .time(clock)
            .build();
    fail(timed, "a", 2);
    clock.advance(Duration.ofSeconds(11));
    fail(timed, "a", 2);
    assertThat(timed.state("a")).isEqualTo(CLOSED);
    fail(timed, "a", 1);
    assertThat(timed.state("a")).isEqualTo(OPEN);
  }

  @Test
  void aWindowOfCallsTakesTheWindowOfTimeBack() {
    CircuitBreakers counted =
        CircuitBreakers.builder().window(Duration.ofSeconds(1)).window(2).time(clock).build();
    fail(counted, "a", 1);
    clock.advance(Duration.ofMinutes(1));
    fail(counted, "a", 1);
    assertThat(counted.state("a")).isEqualTo(OPEN);
  }

  @Test
  void forcedOpenItStaysSoUntilItIsReset() {
    breakers.forceOpen("a");
    clock.advance(Duration.ofDays(1));
    assertThat(turnedAway("a")).isNotNull();
    assertThat(breakers.state("a")).isEqualTo(FORCED_OPEN);

    breakers.reset("a");
    succeed("a", 1);
    assertThat(events)
        .extracting(BreakerEvent::from, BreakerEvent::to)
        .hasToString("[(CLOSED, FORCED_OPEN), (FORCED_OPEN, CLOSED)]");
  }

  @Test
  void openedByHandItTriesAgainByItself() {
    breakers.open("a");
    assertThat(turnedAway("a").retryAfter()).contains(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(31));
    succeed("a", 2);
    assertThat(breakers.state("a")).isEqualTo(CLOSED);
  }

  @Test
  void switchedOffItCountsNothing() {
    breakers.disable("a");
    fail("a", 10);
    assertThat(breakers.state("a")).isEqualTo(DISABLED);
    assertThat(breakers.resilience4j("a").getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void onlyMeasuringItCountsAndStaysAsItIs() {
    breakers.onlyMeasure("a");
    fail("a", 10);
    assertThat(breakers.state("a")).isEqualTo(METRICS_ONLY);
    assertThat(breakers.resilience4j("a").getMetrics().getFailureRate()).isEqualTo(100);
    breakers.reset("a");
    assertThat(breakers.state("a")).isEqualTo(CLOSED);
    assertThat(breakers.resilience4j("a").getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void everyStateCanBeLeftForEveryOther() {
    List<Consumer<String>> switches =
        List.of(
            breakers::forceOpen,
            breakers::open,
            breakers::disable,
            breakers::onlyMeasure,
            breakers::reset);
    for (Consumer<String> from : switches) {
      for (Consumer<String> to : switches) {
        from.accept("a");
        assertThat(catchThrowable(() -> to.accept("a"))).isNull();
      }
    }
  }

  @Test
  void whenThereAreTooManyKeysNewOnesShareABreaker() {
    CircuitBreakers few = CircuitBreakers.builder().maxKeys(2).window(2).time(clock).build();
    fail(few, "a", 1);
    fail(few, "b", 1);
    fail(few, "c", 1);
    fail(few, "d", 1);

    assertThat(few.states()).hasToString("{(others)=OPEN, a=CLOSED, b=CLOSED}");
    assertThat(few.state("c")).isEqualTo(OPEN);
    assertThat(few.state("e")).isEqualTo(OPEN);
    assertThat(few.state("a")).isEqualTo(CLOSED);
    assertThatThrownBy(() -> handler(few).call(CallOptions.of("e"), attempt -> "answer"))
        .isInstanceOf(CircuitOpenException.class)
        .hasMessageStartingWith("The circuit breaker of (others) is open");
  }

  @Test
  void aListenerThatThrowsDoesNotTouchTheCallNorTheOthers() {
    List<BreakerEvent> heard = new ArrayList<>();
    List<Throwable> uncaught = new ArrayList<>();
    IllegalStateException broken = new IllegalStateException("broken");
    CircuitBreakers listened =
        CircuitBreakers.builder()
            .window(1)
            .listener(
                event -> {
                  throw broken;
                })
            .listener(heard::add)
            .time(clock)
            .build();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, error) -> uncaught.add(error));
    try {
      fail(listened, "a", 1);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertThat(heard).hasSize(1);
    assertThat(uncaught).containsExactly(broken);
  }

  @Test
  void oneBreakerServesAllHandlersThatShareIt() {
    fail("a", 4);
    ErrorHandler other = handler(breakers);
    assertThatThrownBy(() -> other.call(CallOptions.of("a"), attempt -> "answer"))
        .isInstanceOf(CircuitOpenException.class);
  }

  @Test
  void theDefaultsAreThoseOfTheGuide() {
    CircuitBreakers defaults = CircuitBreakers.ofDefaults();
    fail(defaults, "a", 9);
    assertThat(defaults.state("a")).isEqualTo(CLOSED);
    fail(defaults, "a", 1);
    assertThat(defaults.state("a")).isEqualTo(OPEN);
  }

  @Test
  void refusesNonsense() {
    CircuitBreakers.Builder builder = CircuitBreakers.builder();
    for (double share : new double[] {0, -0.1, 1.1, Double.NaN}) {
      refused(
          () -> builder.failureRate(share),
          "The failure rate must be a share above 0 and at most 1, not " + share);
      refused(
          () -> builder.slowCalls(Duration.ofSeconds(1), share),
          "The rate of slow calls must be a share above 0 and at most 1, not " + share);
    }
    refused(
        () -> builder.slowCalls(Duration.ZERO, 0.5),
        "The time of a slow call must be more than zero: PT0S");
    refused(() -> builder.window(0), "The window must be at least 1, not 0");
    refused(
        () -> builder.window(Duration.ofMillis(999)),
        "The window in seconds must be at least 1, not 0");
    refused(() -> builder.minimumCalls(0), "The minimum of calls must be at least 1, not 0");
    refused(
        () -> builder.openFor(Duration.ZERO),
        "The time to stay open must be at least a millisecond: PT0S");
    refused(
        () -> builder.openFor(Duration.ofNanos(999_999)),
        "The time to stay open must be at least a millisecond: PT0.000999999S");
    refused(
        () -> builder.halfOpenCalls(0),
        "The number of calls when half open must be at least 1, not 0");
    refused(() -> builder.maxKeys(0), "The number of keys must be at least 1, not 0");
  }

  private static void refused(ThrowingCallable nonsense, String message) {
    assertThatThrownBy(nonsense).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
