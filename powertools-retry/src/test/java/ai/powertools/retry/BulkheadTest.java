package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many attempts there are at once. */
class BulkheadTest {
  private final VirtualClock clock = VirtualClock.create();

  private ErrorHandler.Builder builder(int attempts, int places) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .time(clock)
                .maxAttempts(attempts)
                .fixed(Duration.ofSeconds(1))
                .noJitter()
                .build())
        .bulkhead(places);
  }

  @Test
  void whoFindsItFullIsToldAndNothingIsTried() {
    ErrorHandler handler = builder(1, 1).build();
    Flaky second = Flaky.failingWith();
    BulkheadFullException error =
        handler.call(
            () -> catchThrowableOfType(BulkheadFullException.class, () -> handler.call(second)));

    assertThat(error)
        .hasMessage(
            "All 1 places of the bulkhead are taken: the call was not made. Allow more calls at"
                + " once with bulkhead(…), or make fewer.");
    assertThat(error.retryable()).isTrue();
    assertThat(second.calls()).isZero();
  }

  @Test
  void aPlaceIsFreeAgainWhenTheCallHasItsAnswerOrHasFailed() {
    ErrorHandler handler = builder(1, 1).build();
    Busy busy = new Busy();
    handler.call(() -> "answer");
    assertThatThrownBy(() -> handler.call(Flaky.failingWith(busy))).isSameAs(busy);
    assertThat(Ended.errorOf(handler.callAsync(Flaky.failingWith(busy)::callAsync))).isSameAs(busy);
    assertThat(
            Ended.errorOf(
                handler.callAsync(
                    () -> {
                      throw busy;
                    })))
        .isSameAs(busy);
    assertThat(handler.call(() -> "answer")).isEqualTo("answer");
  }

  @Test
  void theRetryWaitsForAPlace() {
    ErrorHandler handler = builder(3, 2).build();
    List<CompletableFuture<String>> works = new ArrayList<>();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(
          handler.callAsync(
              () -> {
                works.add(new CompletableFuture<>());
                return works.get(works.size() - 1);
              }));
    }
    assertThat(works).hasSize(2);
    works.get(0).complete("first");
    clock.advance(Duration.ofSeconds(1));
    assertThat(works).hasSize(3);
    works.get(2).complete("third");
    assertThat(answers.get(2)).isCompletedWithValue("third");
    assertThat(answers.get(1)).isNotDone();
  }

  @Test
  void noPlaceIsHeldDuringAWait() {
    ErrorHandler handler = builder(2, 1).build();
    CompletableFuture<String> waiting = handler.callAsync(Flaky.failingWith(new Busy())::callAsync);
    assertThat(waiting).isNotDone();
    assertThat(handler.call(() -> "answer")).isEqualTo("answer");
  }

  @Test
  void anOpenBreakerTakesNoPlace() {
    CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();
    ErrorHandler handler = builder(1, 1).circuitBreakers(breakers).build();
    breakers.forceOpen("down");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> handler.call(CallOptions.of("down"), attempt -> "never"))
          .isInstanceOf(CircuitOpenException.class);
    }
    assertThat(handler.call(() -> "answer")).isEqualTo("answer");
  }

  @Test
  void cancellingFreesThePlace() {
    ErrorHandler handler = builder(1, 1).build();
    handler.callAsync(CompletableFuture<String>::new).cancel(true);
    assertThat(handler.call(() -> "answer")).isEqualTo("answer");
  }

  @Test
  void aPlaceIsTakenUntilTheWorkHasEndedHoweverLongTheTimeoutHasRung() {
    ErrorHandler handler = builder(1, 1).timeout(Duration.ofSeconds(5)).build();
    List<Throwable> errors = new ArrayList<>();
    String answer =
        handler.call(
            () -> {
              clock.advance(Duration.ofMinutes(1));
              Thread.interrupted(); // work that does not heed it
              // On another thread, which does not work under the deadline that has passed.
              errors.add(
                  CompletableFuture.supplyAsync(
                          () ->
                              catchThrowableOfType(
                                  BulkheadFullException.class, () -> handler.call(() -> "second")))
                      .join());
              return "late";
            });
    assertThat(answer).isEqualTo("late");
    assertThat(errors).hasSize(1).doesNotContainNull();
  }

  @Test
  void eachCallOfAHedgeTakesAPlace() {
    ErrorHandler handler = builder(1, 1).hedge(Hedge.after(Duration.ofSeconds(1))).build();
    CompletableFuture<String> work = new CompletableFuture<>();
    List<Attempt> begun = new ArrayList<>();
    CompletableFuture<String> answer =
        handler.callAsync(
            CallOptions.none(),
            attempt -> {
              begun.add(attempt);
              return work;
            });
    clock.advance(Duration.ofSeconds(2));
    assertThat(begun).hasSize(1);
    work.complete("answer");
    assertThat(answer).isCompletedWithValue("answer");
  }
}
