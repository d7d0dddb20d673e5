package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A handler's calls that block nobody. */
class ErrorHandlerAsyncTest {
  private final VirtualClock clock = VirtualClock.create();
  private final CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();

  private ErrorHandler.Builder builder(int attempts) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .time(clock)
                .maxAttempts(attempts)
                .fixed(Duration.ofSeconds(1))
                .noJitter()
                .build());
  }

  private ErrorHandler guarded(int attempts) {
    return builder(attempts)
        .circuitBreakers(breakers)
        .timeout(Duration.ofSeconds(5))
        .bulkhead(1)
        .build();
  }

  @Test
  void everyAttemptGoesThroughEveryGuardAnew() {
    CompletableFuture<String> answer =
        guarded(3).callAsync(Flaky.failingWith(new Busy(), new Busy())::callAsync);
    clock.advance(Duration.ofSeconds(2));

    assertThat(answer).isCompletedWithValue("answer");
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfSuccessfulCalls()).isOne();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aCheckedErrorIsNotWrapped() {
    IOException checked = new IOException("reset");
    assertThat(Ended.errorOf(guarded(1).callAsync(Flaky.failingWith(checked)::callAsync)))
        .isSameAs(checked);
  }

  @Test
  void workThatThrowsInsteadOfAFailedFutureIsTheSame() {
    Busy busy = new Busy();
    CompletableFuture<String> answer =
        guarded(1)
            .callAsync(
                () -> {
                  throw busy;
                });
    assertThat(Ended.errorOf(answer)).isSameAs(busy);
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfFailedCalls()).isOne();
  }

  @Test
  void workThatReturnsNoFutureIsABug() {
    for (ErrorHandler handler : List.of(guarded(3), builder(3).build())) {
      assertThat(Ended.errorOf(handler.<String>callAsync(() -> null)))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("The work gave no future, but null, for attempt 1");
    }
  }

  @Test
  void nothingIsTriedWhenTheDeadlineHasPassedBefore() {
    Told told = new Told();
    Flaky work = Flaky.failingWith();
    CallOptions late =
        CallOptions.none().deadline(Deadline.after(Duration.ZERO, clock)).input("order", "{}");
    CompletableFuture<String> answer =
        builder(3)
            .listener(told)
            .deadLetters(told)
            .build()
            .callAsync(late, attempt -> work.callAsync());

    assertThat(Ended.errorOf(answer)).isInstanceOf(DeadlineExceededException.class);
    assertThat(work.calls()).isZero();
    assertThat(told.outcomes()).containsExactly(Outcome.FAILED);
    assertThat(told.letters).hasSize(1);
  }

  @Test
  void cancellingReachesTheWorkThroughAllThatGuardsIt() {
    CompletableFuture<String> work = new CompletableFuture<>();
    ErrorHandler handler =
        builder(3)
            .retry(Retry.builder().time(clock).retryOnResult(String.class, String::isEmpty).build())
            .circuitBreakers(breakers)
            .timeout(Duration.ofSeconds(5))
            .bulkhead(1)
            .hedge(Hedge.after(Duration.ofSeconds(1)))
            .build();
    CompletableFuture<String> answer = handler.callAsync(() -> work);

    answer.cancel(true);
    assertThat(work).isCancelled();
    assertThat(clock.pending()).isZero();
    assertThat(handler.callAsync(() -> CompletableFuture.completedFuture("next")))
        .isCompletedWithValue("next");
  }

  @Test
  void cancellingEndsTheWait() {
    CompletableFuture<String> answer =
        guarded(3).callAsync(Flaky.failingWith(new Busy())::callAsync);
    assertThat(clock.pending()).isOne();
    answer.cancel(true);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aFutureThatIsCompletedFromOutsideKeepsItsValue() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> answer = guarded(3).callAsync(() -> work);
    answer.complete("something else");
    assertThat(work).isCancelled();
    assertThat(answer).isCompletedWithValue("something else");
  }

  @Test
  void workThatIsCancelledByItselfIsNotRetriedAndNoFailure() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> answer = guarded(3).callAsync(() -> work);
    work.cancel(true);
    assertThat(Ended.errorOf(answer)).isInstanceOf(CancellationException.class);
    assertThat(breakers.resilience4j("").getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void allAttemptsOfACallHaveTheKeyThatWasGiven() {
    List<String> keys = new ArrayList<>();
    Flaky work = Flaky.failingWith(new Busy(), new Busy());
    var unused =
        guarded(3)
            .callAsync(
                CallOptions.none().idempotencyKey("order-7"),
                attempt -> {
                  keys.add(attempt.idempotencyKey());
                  return work.callAsync();
                });
    clock.advance(Duration.ofSeconds(2));
    assertThat(keys).containsExactly("order-7", "order-7", "order-7");
  }

  @Test
  void anAccountThatThrowsAnErrorDoesNotKeepTheFutureFromEnding() {
    Busy busy = new Busy();
    CompletableFuture<String> answer =
        builder(1)
            .deadLetters(
                (key, input, failure) -> {
                  throw new Error("for the test");
                })
            .build()
            .callAsync(
                CallOptions.none().input("order", "{}"),
                attempt -> CompletableFuture.failedFuture(busy));
    assertThat(Ended.errorOf(answer)).isSameAs(busy);
  }
}
