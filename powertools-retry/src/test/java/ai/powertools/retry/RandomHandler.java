package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handler of random parts, and the questions whether any of them has kept something back. */
final class RandomHandler {
  private static final long TOKEN = 1_000_000;
  private static final int PATIENCE = 1000;

  final Tally tally = new Tally();
  final ErrorHandler handler;
  final boolean cutsShort;
  final boolean hedged;
  private final Random random;
  private final Duration unit;
  private final Duration openFor;
  private final int places;
  private final int reserve;
  private final long deposit;
  private final @Nullable CircuitBreakers breakers;
  private final @Nullable RetryBudget budget;

  /**
   * @param unit what waits, timeouts and delays are a few of
   */
  RandomHandler(Random random, Time time, Executor executor, Duration unit) {
    this.random = random;
    this.unit = unit;
    this.openFor = span().plusMillis(1); // Resilience4j takes no less
    this.places = random.nextInt(4);
    this.reserve = random.nextInt(5);
    this.deposit = 250_000L * (1 + random.nextInt(4));
    this.breakers = random.nextBoolean() ? breakers(time) : null;
    this.budget =
        random.nextBoolean()
            ? RetryBudget.builder((double) deposit / TOKEN)
                .reserve(reserve)
                .burst(Integer.MAX_VALUE) // or what is given back to a full one would be lost
                .build()
            : null;
    this.cutsShort = random.nextBoolean();
    this.hedged = random.nextInt(3) == 0;
    this.handler = handler(retry(time, executor));
  }

  /** More than nothing and at most three units. */
  Duration span() {
    return unit.multipliedBy(1 + random.nextInt(300)).dividedBy(100);
  }

  private CircuitBreakers breakers(Time time) {
    return CircuitBreakers.builder()
        .window(4)
        .minimumCalls(2)
        .openFor(openFor)
        .halfOpenCalls(1 + random.nextInt(3))
        .time(time)
        .build();
  }

  private Retry retry(Time time, Executor executor) {
    RetryBuilder retry =
        Retry.builder()
            .maxAttempts(1 + random.nextInt(5))
            .backoff(Backoff.fixed(random.nextInt(3) == 0 ? Duration.ZERO : span()))
            .jitter(RandomWaits.jitter(random))
            .time(time)
            .executor(executor)
            .listener(tally);
    if (random.nextBoolean()) {
      retry.retryUnknown();
    }
    if (random.nextInt(4) == 0) {
      retry.maxTime(span());
    }
    return (budget == null ? retry : retry.budget(budget)).build();
  }

  private ErrorHandler handler(Retry retry) {
    ErrorHandler.Builder builder = ErrorHandler.builder().retry(retry);
    if (breakers != null) {
      builder.circuitBreakers(breakers);
    }
    if (places > 0) {
      builder.bulkhead(places);
    }
    if (cutsShort) {
      builder.timeout(span());
    }
    if (hedged) {
      builder.hedge(Hedge.after(span()).max(1 + random.nextInt(2)).maxShare(1));
    }
    return builder.build();
  }

  /** Every retry that was announced was made and paid for, or given back. */
  void assertBudgetIsExact() {
    assertThat(tally.retriesMade()).isLessThanOrEqualTo(tally.retries());
    if (budget != null) {
      long whole = reserve * TOKEN + tally.calls() * deposit;
      long paid = (long) tally.retries() - tally.free();
      long notMade = tally.retries() - tally.retriesMade();
      // Which of those that were not made were free is not told, so it may be any of them.
      long givenBack = Math.max(0, notMade - tally.free());
      assertThat(budget.available())
          .as("tokens")
          .isNotNegative()
          .isBetween(
              (whole - (paid - givenBack) * TOKEN) / TOKEN,
              (whole - (paid - Math.min(paid, notMade)) * TOKEN) / TOKEN);
    }
  }

  /**
   * One good call after the other closes the breaker: no permit of it is kept by anybody else.
   *
   * @param advance lets time pass
   */
  void assertBreakerCloses(Consumer<Duration> advance) {
    if (breakers == null) {
      return;
    }
    for (int i = 0; breakers.state("") != BreakerState.CLOSED; i++) {
      assertThat(i).as("calls to a breaker that is " + breakers.state("")).isLessThan(PATIENCE);
      if (breakers.state("") == BreakerState.OPEN) {
        advance.accept(openFor.plusNanos(1)); // Resilience4j's is open until then, inclusive
      }
      // On the machine's own time it may be cut short all the same: then it is for the next.
      Throwable error =
          catchThrowable(
              () ->
                  handler
                      .callAsync(() -> CompletableFuture.completedFuture("answer"))
                      .get(PATIENCE, TimeUnit.SECONDS));
      assertThat(error instanceof TimeoutException).as("the call hangs").isFalse();
    }
  }

  /** As many calls as there are places are under way at once, and not one more. */
  boolean hasAllPlacesFree() {
    if (places == 0) {
      return true;
    }
    List<CompletableFuture<String>> begun = new ArrayList<>();
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < places + 1; i++) {
      calls.add(
          handler.callAsync(
              () -> {
                CompletableFuture<String> never = new CompletableFuture<>();
                begun.add(never);
                return never;
              }));
    }
    int before = begun.size();
    calls.forEach(call -> call.cancel(true));
    return before == places;
  }

  @Override
  public String toString() {
    return "cutsShort=%s, hedged=%s, places=%d, breakers=%s, budget=%s, unit=%s"
        .formatted(cutsShort, hedged, places, breakers != null, budget, unit);
  }
}
