package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Budgets by example. */
class RetryBudgetTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private RetryBuilder builder(RetryBudget budget) {
    return Retry.builder()
        .time(clock)
        .maxAttempts(10)
        .fixed(Duration.ofSeconds(1))
        .noJitter()
        .budget(budget);
  }

  private static RetryBudget of(int retries) {
    return RetryBudget.builder(0.1).reserve(retries).burst(retries).build();
  }

  /** How many attempts a call makes whose every attempt fails. */
  private static int attemptsOf(Retry retry) {
    return retry
        .run(
            Deadline.never(),
            attempt -> {
              throw new Busy();
            })
        .attempts();
  }

  @Test
  void aCallWithoutABudgetLeftEndsAtOnceAndSaysSo() {
    Retry retry = builder(of(1)).build();
    Flaky work = Flaky.failingWith(new Busy(), new Busy(), new Busy());

    assertThatThrownBy(() -> retry.call(work))
        .isInstanceOfSatisfying(
            AttemptsExhaustedException.class,
            error -> assertThat(error.reason()).isEqualTo(AttemptsExhaustedException.Reason.BUDGET))
        .hasMessage(
            "Gave up after 2 of 10 attempts over 1000 ms: the retry budget, 0.1 retries per call,"
                + " is spent. Others fail as well: have something else answer, or come back later."
                + " The last error was Busy: The provider is busy");
    assertThat(work.calls()).isEqualTo(2);
  }

  @Test
  void callsPutInTheirShare() {
    RetryBudget budget = RetryBudget.builder(0.25).reserve(0).burst(2).build();
    Retry retry = builder(budget).build();
    for (int i = 0; i < 3; i++) {
      retry.call(() -> "answer");
    }
    assertThat(budget.available()).isZero();
    retry.call(() -> "answer");
    assertThat(budget.available()).isOne();
    for (int i = 0; i < 100; i++) {
      retry.call(() -> "answer");
    }
    assertThat(budget.available()).isEqualTo(2);
    assertThat(budget).hasToString("RetryBudget[share=0.25, available=2]");
  }

  @Test
  void retriesPutInNothing() {
    RetryBudget budget = RetryBudget.builder(1).reserve(5).burst(100).build();
    assertThat(attemptsOf(builder(budget).build())).isEqualTo(1 + 5 + 1);
  }

  @Test
  void itIsSharedByAllWhoHaveIt() {
    RetryBudget budget = of(3);
    assertThat(attemptsOf(builder(budget).maxAttempts(3).build())).isEqualTo(3);
    assertThat(attemptsOf(builder(budget).build())).isEqualTo(2);
    assertThat(attemptsOf(builder(budget).build())).isEqualTo(1);
  }

  @Test
  void aRetryMayHaveOneOfItsOwn() {
    Retry retry = builder(of(0)).budget(0.5).build();
    // A reserve of ten, and half of one for the call.
    assertThat(attemptsOf(Retry.builder().time(clock).maxAttempts(50).budget(0.5).build()))
        .isEqualTo(11);
    assertThat(attemptsOf(retry)).isEqualTo(10);
  }

  @Test
  void someComeWithTime() {
    RetryBudget budget =
        RetryBudget.builder(0.1).reserve(0).burst(3).minPerSecond(0.5).time(clock).build();
    assertThat(budget.available()).isZero();
    clock.advance(Duration.ofMillis(1999));
    assertThat(budget.available()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(budget.available()).isOne();
    assertThat(budget.tryRetry()).isTrue();
    assertThat(budget.tryRetry()).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThat(budget.available()).isEqualTo(3);
  }

  @Test
  void aRetryThatIsNotMadeAfterAllIsGivenBack() {
    RetryBudget budget = of(1);
    VirtualClock standing = VirtualClock.create();
    CompletableFuture<String> waiting =
        builder(budget).time(standing).build().callAsync(Flaky.failingWith(new Busy())::callAsync);
    assertThat(budget.available()).isZero();
    waiting.cancel(true);
    assertThat(budget.available()).isOne();

    Retry interrupted =
        builder(budget).listener(event -> Thread.currentThread().interrupt()).build();
    assertThat(catchThrowable(() -> interrupted.call(Flaky.failingWith(new Busy()))))
        .isInstanceOf(CancelledException.class);
    assertThat(budget.available()).isOne();
  }

  @Test
  void aWaitThatTheDeadlineForbidsTakesNone() {
    RetryBudget budget = of(1);
    Deadline deadline = Deadline.after(Duration.ofMillis(500), clock);
    assertThat(
            builder(budget)
                .build()
                .run(deadline, attempt -> Flaky.failingWith(new Busy()).call())
                .answered())
        .isFalse();
    assertThat(budget.available()).isOne();
  }

  @Test
  void refusesNonsense() {
    for (double share : new double[] {0, 1e-7, 10.5, Double.NaN}) {
      assertThatThrownBy(() -> RetryBudget.share(share))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The share of a retry budget is retries per call, as in 0.1, not " + share);
    }
    assertThatThrownBy(() -> RetryBudget.builder(0.1).reserve(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The reserve must not be negative: -1");
    assertThatThrownBy(() -> RetryBudget.builder(0.1).burst(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The burst must not be negative: -1");
    for (double retries : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> RetryBudget.builder(0.1).minPerSecond(retries))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Not a number of retries per second: " + retries);
    }
    assertThat(RetryBudget.share(0.1).share()).isEqualTo(0.1);
  }
}
