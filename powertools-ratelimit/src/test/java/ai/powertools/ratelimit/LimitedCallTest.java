package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are made under a permit, and give it back on every way out. */
@Timeout(60)
class LimitedCallTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock clock = VirtualClock.create();
  private final RateLimiter limiter = limiter(Runnable::run);

  private RateLimiter limiter(Executor executor) {
    return RateLimiter.builder().name("llm").time(clock).executor(executor).concurrency(1).build();
  }

  private static <T> Supplier<CompletableFuture<T>> never(List<CompletableFuture<T>> begun) {
    return () -> {
      CompletableFuture<T> call = new CompletableFuture<>();
      begun.add(call);
      return call;
    };
  }

  private void assertAtRest() {
    assertThat(limiter.state().inFlight()).isZero();
    assertThat(limiter.state().waiting()).isZero();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void holdsThePermitUntilTheCallHasEnded() {
    CompletableFuture<String> call = new CompletableFuture<>();
    CompletableFuture<String> result = limiter.limitAsync(Demand.request(), () -> call);
    assertThat(limiter.state().inFlight()).isEqualTo(1);
    call.complete("hello");
    assertThat(result).isCompletedWithValue("hello");
    assertAtRest();
  }

  @Test
  void beginsWhenItsTurnComes() {
    Permit running = limiter.acquire(Demand.request());
    List<CompletableFuture<String>> begun = new ArrayList<>();
    CompletableFuture<String> result = limiter.limitAsync(Priority.HIGH, never(begun));
    assertThat(begun).isEmpty();
    running.close();
    begun.get(0).complete("now");
    assertThat(result).isCompletedWithValue("now");
    assertAtRest();
  }

  @Test
  void whatIsCancelledBeforeItBeginsLeavesTheLine() {
    Permit running = limiter.acquire(Demand.request());
    List<CompletableFuture<String>> begun = new ArrayList<>();
    CompletableFuture<String> result = limiter.limitAsync(Demand.request(), never(begun));
    assertThat(result.cancel(true)).isTrue();
    assertThat(limiter.state().waiting()).isZero();
    running.close();
    assertThat(begun).isEmpty();
    assertAtRest();
  }

  @Test
  void whatIsCancelledWhileItRunsIsPassedOn() {
    List<CompletableFuture<String>> begun = new ArrayList<>();
    CompletableFuture<String> result = limiter.limitAsync(Demand.request(), never(begun));
    assertThat(result.cancel(true)).isTrue();
    assertThat(begun.get(0)).isCancelled();
    assertAtRest();
  }

  @Test
  void whatIsCancelledAfterwardsStaysAsItEnded() {
    CompletableFuture<String> result =
        limiter.limitAsync(Demand.request(), () -> CompletableFuture.completedFuture("done"));
    assertThat(result.cancel(true)).isFalse();
    assertThat(result).isCompletedWithValue("done");
    assertAtRest();
  }

  @Test
  void whatIsCancelledByTheCallItselfAsItBeginsIsPassedOn() {
    List<CompletableFuture<String>> results = new ArrayList<>();
    Permit running = limiter.acquire(Demand.request());
    CompletableFuture<String> call = new CompletableFuture<>();
    results.add(
        limiter.limitAsync(
            Demand.request(),
            () -> {
              assertThat(results.get(0).cancel(true)).isTrue();
              return call;
            }));
    running.close();
    assertThat(call).isCancelled();
    assertAtRest();
  }

  @Test
  void whatWasAnsweredByOthersBeforeItBeganIsNotSent() {
    Permit running = limiter.acquire(Demand.request());
    List<CompletableFuture<String>> begun = new ArrayList<>();
    CompletableFuture<String> result = limiter.limitAsync(Demand.request(), never(begun));
    result.complete("from the cache");
    running.close();
    assertThat(begun).isEmpty();
    assertAtRest();
  }

  @Test
  void aCallThatFailsGivesThePermitBack() {
    IOException broken = new IOException("broken");
    CompletableFuture<String> result =
        limiter.limitAsync(Demand.request(), () -> CompletableFuture.failedFuture(broken));
    assertThat(catchThrowable(result::join)).hasCause(broken);
    assertAtRest();
  }

  @Test
  void aCallThatCannotBeginGivesThePermitBack() {
    CompletableFuture<String> result =
        limiter.limitAsync(
            Demand.request(),
            () -> {
              throw new IllegalArgumentException("no model");
            });
    assertThat(catchThrowable(result::join)).hasRootCauseMessage("no model");
    assertAtRest();
  }

  @Test
  void aCallThatIsNothingFailsAndGivesThePermitBack() {
    CompletableFuture<String> result = limiter.limitAsync(Demand.request(), () -> null);
    assertThat(catchThrowable(result::join))
        .hasRootCauseMessage("The call gave null in place of a future.");
    assertAtRest();
  }

  @Test
  void aRefusalFailsTheResult() {
    limiter.acquire(Demand.request());
    List<CompletableFuture<String>> begun = new ArrayList<>();
    CompletableFuture<String> result =
        limiter.limitAsync(Demand.request().within(Duration.ZERO), never(begun));
    assertThat(catchThrowable(result::join)).hasCauseInstanceOf(RateLimitExceededException.class);
    CompletableFuture<String> later =
        limiter.limitAsync(Demand.request().within(SECOND), never(begun));
    clock.advance(SECOND);
    assertThat(catchThrowable(later::join)).hasCauseInstanceOf(RateLimitExceededException.class);
    assertThat(begun).isEmpty();
  }

  @Test
  void anExecutorThatTakesNothingKeepsNobodyWaiting() {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    Executor broken =
        task -> {
          throw new IllegalStateException("broken");
        };
    Executor exhausted =
        task -> {
          throw new InternalError("no thread");
        };
    for (Executor executor : List.of(full, broken, exhausted)) {
      RateLimiter other = limiter(executor);
      Permit running = other.acquire(Demand.request());
      CompletableFuture<String> result =
          other.limitAsync(Demand.request(), () -> CompletableFuture.completedFuture("here"));
      running.close();
      assertThat(result).isCompletedWithValue("here");
      assertThat(other.state().inFlight()).isZero();
    }
  }

  @Test
  void decoratedCallsAreUnderAPermitEachTime() {
    Supplier<Integer> inFlight =
        limiter.decorate(Demand.request(), () -> limiter.state().inFlight());
    assertThat(List.of(inFlight.get(), inFlight.get())).containsExactly(1, 1);
    Function<Integer, Integer> function =
        limiter.decorate(Demand::tokens, tokens -> tokens + limiter.state().inFlight());
    assertThat(function.apply(10)).isEqualTo(11);
    Supplier<CompletableFuture<Integer>> async =
        limiter.decorateAsync(
            Demand.request(), () -> CompletableFuture.completedFuture(limiter.state().inFlight()));
    assertThat(async.get()).isCompletedWithValue(1);
    assertThat(async.get()).isCompletedWithValue(1);
    assertThat(limiter.<Integer>limit(Priority.LOW, () -> limiter.state().inFlight())).isEqualTo(1);
    assertAtRest();
  }

  @Test
  void aStageThatIsNoFutureWillDo() {
    CompletionStage<String> stage = CompletableFuture.completedStage("stage");
    assertThat(limiter.limitAsync(Demand.request(), () -> stage)).isCompletedWithValue("stage");
    assertAtRest();
  }

  @Test
  void whatThrowsOnTheThreadOfTheCallerGivesThePermitBack() {
    assertThatThrownBy(
            () ->
                limiter.limit(
                    Demand.request(),
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertAtRest();
  }
}
