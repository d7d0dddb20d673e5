package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.testing.VirtualClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a circuit breaker counts, by what the classifier says of it; and that no call is lost. */
class BreakerCountsTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private record Counted(int successes, int failures) {
    static Counted of(CircuitBreakers breakers) {
      Metrics metrics = breakers.resilience4j("").getMetrics();
      return new Counted(metrics.getNumberOfSuccessfulCalls(), metrics.getNumberOfFailedCalls());
    }
  }

  private static final Counted NOTHING = new Counted(0, 0);
  private static final Counted SUCCESS = new Counted(1, 0);
  private static final Counted FAILURE = new Counted(0, 1);

  private CircuitBreakers.Builder builder() {
    return CircuitBreakers.builder().time(clock);
  }

  private ErrorHandler.Builder guardedBy(CircuitBreakers breakers, RetryBuilder retry) {
    return ErrorHandler.builder()
        .retry(retry.time(clock).maxAttempts(1).build())
        .circuitBreakers(breakers);
  }

  /** What is counted of a call that fails with this error and verdict, which blocking or not. */
  private Counted counted(CircuitBreakers.Builder builder, Throwable error, Verdict verdict) {
    RetryBuilder retry = Retry.builder().retryOn(any -> verdict);
    CircuitBreakers blocking = builder.build();
    Throwable thrown =
        catchThrowable(() -> guardedBy(blocking, retry).build().call(Flaky.failingWith(error)));
    CircuitBreakers async = builder.build();
    CompletableFuture<String> answer =
        guardedBy(async, retry).build().callAsync(Flaky.failingWith(error)::callAsync);

    assertThat(thrown).isNotNull();
    assertThat(answer).isCompletedExceptionally();
    assertThat(Counted.of(blocking)).isEqualTo(Counted.of(async));
    return Counted.of(blocking);
  }

  @Test
  void transientAndUnknownErrorsAreFailures() {
    assertThat(counted(builder(), new Busy(), Verdict.transientError())).isEqualTo(FAILURE);
    assertThat(counted(builder(), new Busy(), Verdict.unknown())).isEqualTo(FAILURE);
  }

  @Test
  void aNoForGoodIsASignOfLife() {
    assertThat(counted(builder(), new Busy(), Verdict.permanent())).isEqualTo(SUCCESS);
  }

  @Test
  void beingThrottledCountsOnlyIfItIsAskedTo() {
    assertThat(counted(builder(), new Busy(), Verdict.throttled())).isEqualTo(NOTHING);
    assertThat(counted(builder().countThrottled(), new Busy(), Verdict.throttled()))
        .isEqualTo(FAILURE);
  }

  @Test
  void whatWasCalledOffCountsAsNothing() {
    assertThat(counted(builder(), new Busy(), Verdict.cancelled())).isEqualTo(NOTHING);
    assertThat(counted(builder(), new CancelledException("stop", null), Verdict.transientError()))
        .isEqualTo(NOTHING);
  }

  @Test
  void anErrorOfTheMachineSaysNothingOfTheOtherSide() {
    assertThat(counted(builder(), new Error("for the test"), Verdict.transientError()))
        .isEqualTo(NOTHING);
  }

  @Test
  void aClassifierThatThrowsCountsAsUnknown() {
    CircuitBreakers breakers = builder().build();
    RetryBuilder retry =
        Retry.builder()
            .retryOn(
                any -> {
                  throw new IllegalStateException("broken");
                });
    assertThat(
            catchThrowable(
                () -> guardedBy(breakers, retry).build().call(Flaky.failingWith(new Busy()))))
        .isInstanceOf(Busy.class);
    assertThat(Counted.of(breakers)).isEqualTo(FAILURE);
  }

  @Test
  void anUnwantedResultCountsByItsVerdict() {
    CircuitBreakers breakers = builder().build();
    ErrorHandler handler =
        guardedBy(breakers, Retry.builder().retryOnResult(String.class, String::isEmpty)).build();
    assertThat(catchThrowable(() -> handler.call(() -> "")))
        .isInstanceOf(UnwantedResultException.class);
    assertThat(handler.callAsync(() -> CompletableFuture.completedFuture("")))
        .isCompletedExceptionally();
    assertThat(Counted.of(breakers)).isEqualTo(new Counted(0, 2));
  }

  @Test
  void anAttemptThatWasCutShortIsAFailure() {
    CircuitBreakers breakers = builder().build();
    ErrorHandler handler =
        guardedBy(breakers, Retry.builder()).timeout(Duration.ofSeconds(5)).build();
    assertThat(
            catchThrowable(
                () ->
                    handler.call(
                        () -> {
                          clock.advance(Duration.ofSeconds(5));
                          clock.sleep(Duration.ZERO); // throws if interrupted
                          return "never";
                        })))
        .isInstanceOf(AttemptTimeoutException.class);
    assertThat(Counted.of(breakers)).isEqualTo(FAILURE);
  }

  @Test
  void aFullBulkheadIsNoFailureOfTheOtherSide() {
    CircuitBreakers breakers = builder().build();
    ErrorHandler handler = guardedBy(breakers, Retry.builder()).bulkhead(1).build();
    handler.call(
        () ->
            assertThat(catchThrowable(() -> handler.call(() -> "second")))
                .isInstanceOf(BulkheadFullException.class));
    CompletableFuture<String> first = new CompletableFuture<>();
    var unused = handler.callAsync(() -> first);
    assertThat(Ended.errorOf(handler.callAsync(() -> first)))
        .isInstanceOf(BulkheadFullException.class);
    assertThat(Counted.of(breakers)).isEqualTo(SUCCESS);
  }

  @Test
  void whatFailsOnAnInterruptedThreadFailsForThat() {
    CircuitBreakers breakers = builder().build();
    ErrorHandler handler = guardedBy(breakers, Retry.builder()).build();
    assertThat(
            catchThrowable(
                () ->
                    handler.call(
                        () -> {
                          Thread.currentThread().interrupt();
                          throw new Busy();
                        })))
        .isInstanceOf(Busy.class);
    assertThat(Counted.of(breakers)).isEqualTo(NOTHING);
  }

  /** Whatever becomes of the calls that try a half-open breaker out, it must not wait for them. */
  @Test
  void noCallKeepsAHalfOpenBreakerWaiting() {
    CircuitBreakers breakers =
        builder().window(1).halfOpenCalls(1).openFor(Duration.ofSeconds(1)).build();
    List<ErrorHandler> handlers =
        List.of(
            guardedBy(breakers, Retry.builder()).build(),
            guardedBy(breakers, Retry.builder()).hedge(Hedge.after(Duration.ofHours(1))).build(),
            guardedBy(breakers, Retry.builder()).timeout(Duration.ofHours(1)).bulkhead(2).build());
    List<Throwable> errors =
        List.of(
            new Busy(Duration.ofSeconds(1)),
            new CancelledException("stop", null),
            new InterruptedException(),
            new Error("for the test"));

    for (ErrorHandler handler : handlers) {
      for (Throwable error : errors) {
        halfOpen(breakers);
        assertThat(catchThrowable(() -> handler.call(Flaky.failingWith(error)))).isNotNull();
        Thread.interrupted();
        assertThat(handler.call(() -> "next")).isEqualTo("next");

        halfOpen(breakers);
        assertThat(handler.callAsync(Flaky.failingWith(error)::callAsync))
            .isCompletedExceptionally();
        assertThat(handler.callAsync(() -> CompletableFuture.completedFuture("next")))
            .isCompletedWithValue("next");
      }
      halfOpen(breakers);
      handler.callAsync(CompletableFuture<String>::new).cancel(true);
      assertThat(handler.callAsync(() -> CompletableFuture.completedFuture("next")))
          .isCompletedWithValue("next");
    }
  }

  private void halfOpen(CircuitBreakers breakers) {
    breakers.open("");
    clock.advance(Duration.ofMillis(1001));
  }
}
