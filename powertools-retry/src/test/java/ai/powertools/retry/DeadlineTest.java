package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which deadline work finds current, however it is called. */
class DeadlineTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualClock clock = VirtualClock.create();
  private final Deadline deadline = Deadline.after(MINUTE, clock);
  private final List<Deadline> seen = new ArrayList<>();

  private final Retry retry = Retry.builder().time(clock).fixed(Duration.ZERO).build();
  private final ErrorHandler plain = ErrorHandler.builder().retry(retry).build();
  private final ErrorHandler timed =
      ErrorHandler.builder()
          .retry(retry)
          .timeout(Duration.ofSeconds(5))
          .circuitBreakers(CircuitBreakers.ofDefaults())
          .bulkhead(1)
          .build();
  private final ErrorHandler hedged =
      ErrorHandler.builder().retry(retry).hedge(Hedge.after(Duration.ofHours(1))).build();

  @AfterEach
  void nothingIsLeftCurrent() {
    assertThat(Deadline.current().isNever()).isTrue();
  }

  private AttemptCall<String> looking(Flaky work) {
    return attempt -> {
      seen.add(Deadline.current());
      return work.call();
    };
  }

  private CompletableFuture<String> look(Flaky work) {
    seen.add(Deadline.current());
    return work.callAsync();
  }

  private static Flaky twice() {
    return Flaky.failingWith(new Busy());
  }

  @Test
  void everyAttemptFindsTheCallsDeadlineCurrent() {
    CallOptions options = CallOptions.none().deadline(deadline);
    retry.call(deadline, looking(twice()));
    plain.call(options, looking(twice()));
    hedged.call(options, looking(twice()));
    Flaky first = twice();
    Flaky second = twice();
    Flaky third = twice();
    var a = retry.callAsync(deadline, attempt -> look(first));
    clock.advance(Duration.ZERO);
    var b = plain.callAsync(options, attempt -> look(second));
    clock.advance(Duration.ZERO);
    var c = hedged.callAsync(options, attempt -> look(third));
    clock.advance(Duration.ZERO);

    assertThat(List.of(a, b, c)).allMatch(CompletableFuture::isDone);
    assertThat(seen).hasSize(12).containsOnly(deadline);
  }

  @Test
  void aTimeoutOfTheAttemptIsADeadlineToo() {
    AttemptCall<String> work =
        attempt -> {
          seen.add(Deadline.current());
          seen.add(attempt.deadline());
          return "answer";
        };
    timed.call(CallOptions.none().deadline(deadline), work);
    timed.call(CallOptions.none(), work);
    var unused =
        timed.callAsync(
            CallOptions.none().deadline(deadline),
            attempt -> {
              seen.add(Deadline.current());
              seen.add(attempt.deadline());
              return CompletableFuture.completedFuture("answer");
            });
    assertThat(seen).hasSize(6).extracting(Deadline::remaining).containsOnly(Duration.ofSeconds(5));
  }

  @Test
  void theOneThatComesFirstCounts() {
    Deadline sooner = Deadline.after(Duration.ofSeconds(10), clock);
    Deadline later = Deadline.after(Duration.ofHours(1), clock);
    for (Deadline given : List.of(sooner, later, Deadline.never())) {
      under(deadline, () -> retry.call(given, looking(Flaky.failingWith())));
      under(deadline, () -> timedOut(given));
    }
    assertThat(seen)
        .extracting(Deadline::remaining)
        .containsExactly(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            MINUTE,
            Duration.ofSeconds(5),
            MINUTE,
            Duration.ofSeconds(5));
  }

  private void timedOut(Deadline given) {
    timed.call(CallOptions.none().deadline(given), looking(Flaky.failingWith()));
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static void under(Deadline current, Runnable task) {
    try (Deadline.Scope scope = current.makeCurrent()) {
      task.run();
    }
  }

  @Test
  void aDeadlineThatIsCurrentAndHasPassedEndsACallBeforeItBegins() {
    Flaky work = Flaky.failingWith();
    clock.advance(MINUTE);
    under(
        deadline,
        () -> {
          assertThatThrownBy(() -> retry.call(work))
              .isInstanceOf(DeadlineExceededException.class)
              .hasMessage(
                  "No time left for the first attempt: the deadline of 60000 ms has passed. Allow"
                      + " more time, or make fewer attempts.");
          assertThat(Ended.errorOf(plain.callAsync(work::callAsync)))
              .isInstanceOf(DeadlineExceededException.class);
        });
    assertThat(work.calls()).isZero();
  }

  @Test
  void aLimitOfTheRetryIsCurrentAsWell() {
    Retry limited = Retry.builder().time(clock).maxTime(Duration.ofSeconds(3)).build();
    limited.call(Deadline.never(), looking(Flaky.failingWith()));
    limited.call(deadline, looking(Flaky.failingWith()));
    assertThat(seen).extracting(Deadline::remaining).containsOnly(Duration.ofSeconds(3)).hasSize(2);
  }
}
