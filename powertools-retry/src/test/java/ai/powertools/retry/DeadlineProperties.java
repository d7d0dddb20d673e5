package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Calls within calls within calls: whatever those inside allow themselves, no attempt begins after
 * the deadline of the outermost, and where attempts are cut short none ends after it.
 */
class DeadlineProperties {
  private static final int CASES = 1000;
  private static final int DEEPEST = 3;

  @Test
  void nestedBlockingCallsNeverExceedTheOuterDeadline() throws Exception {
    Law.holds(CASES, random -> new Blocking(random).check());
  }

  @Test
  void nestedFuturesNeverExceedTheOuterDeadline() throws Exception {
    Law.holds(CASES, random -> new Pending(random).check());
  }

  /** What both have in common. */
  private abstract static class Nest {
    final Random random;
    final VirtualClock clock;
    final Duration end;
    long attempts;

    Nest(Random random, VirtualClock clock) {
      this.random = random;
      this.clock = clock;
      this.end = Duration.ofMillis(1 + random.nextInt(5000));
    }

    RetryBuilder retry() {
      RetryBuilder retry =
          Retry.builder()
              .maxAttempts(1 + random.nextInt(5))
              .retryUnknown()
              .backoff(RandomWaits.shortBackoff(random))
              .jitter(RandomWaits.jitter(random))
              .cap(Duration.ofMillis(random.nextInt(3000)))
              .time(clock)
              .random(random);
      return random.nextBoolean() ? retry.maxTime(span()) : retry;
    }

    ErrorHandler handler(Retry retry, boolean cutsShort) {
      ErrorHandler.Builder handler = ErrorHandler.builder().retry(retry);
      if (cutsShort) {
        handler.timeout(Duration.ofMillis(1 + random.nextInt(20_000)));
      }
      if (random.nextInt(4) == 0) {
        handler.bulkhead(5);
      }
      return handler.build();
    }

    /** Often later than what is around it. */
    Deadline deadline() {
      return random.nextBoolean() ? Deadline.never() : Deadline.after(span(), clock);
    }

    Duration span() {
      return Duration.ofMillis(1 + random.nextInt(10_000));
    }

    /** An attempt begins, at any depth. */
    void begun(Attempt attempt) {
      attempts++;
      assertThat(clock.elapsed()).as("the begin of %s", attempt).isLessThan(end);
      Duration left = end.minus(clock.elapsed());
      assertThat(attempt.deadline().remaining()).isLessThanOrEqualTo(left);
      assertThat(Deadline.current().remaining())
          .as("the current deadline is the attempt's")
          .isEqualTo(attempt.deadline().remaining());
    }
  }

  /** On a clock that is moved by those who wait. */
  private static final class Blocking extends Nest {
    private Blocking(Random random) {
      super(random, VirtualClock.autoAdvancing());
    }

    private void check() {
      Throwable error = catchThrowable(() -> call(Deadline.after(end, clock), 1));
      Thread.interrupted();
      if (error instanceof AssertionError broken) {
        throw broken;
      }
      assertThat(attempts).isPositive();
      assertThat(clock.elapsed()).isLessThanOrEqualTo(end);
      assertThat(Deadline.current().isNever()).as("no deadline is left behind").isTrue();
    }

    private String call(Deadline deadline, int depth) {
      AttemptCall<String> work =
          attempt -> {
            begun(attempt);
            toil(attempt);
            return depth < DEEPEST && random.nextInt(3) > 0
                ? call(deadline(), depth + 1)
                : answer();
          };
      return random.nextBoolean()
          ? retry().build().call(deadline, work)
          : handler(retry().build(), random.nextBoolean())
              .call(CallOptions.none().deadline(deadline), work);
    }

    /** Takes time, but no more than there is. */
    private void toil(Attempt attempt) throws InterruptedException {
      Duration left = attempt.deadline().remaining();
      Duration wish = Duration.ofMillis(random.nextInt(1000));
      clock.sleep(wish.compareTo(left) < 0 ? wish : left);
    }

    private String answer() {
      if (random.nextInt(4) > 0) {
        throw new Busy();
      }
      return "answer";
    }
  }

  /** Futures, some of which nobody would ever complete. */
  private static final class Pending extends Nest {
    private static final Duration LAG = Duration.ofMillis(200);

    private Duration lag = Duration.ZERO;

    private Pending(Random random) {
      super(random, VirtualClock.create());
    }

    private void check() {
      CompletableFuture<String> answer = call(Deadline.after(end, clock), 1);
      Duration[] ended = {Duration.ZERO};
      var told = answer.whenComplete((value, error) -> ended[0] = clock.elapsed());
      Agenda.runThrough(clock);
      assertThat(told).isDone();
      assertThat(ended[0]).isLessThanOrEqualTo(end.plus(lag));
      assertThat(attempts).isPositive();
      assertThat(Deadline.current().isNever()).as("no deadline is left behind").isTrue();
      Throwable error = catchThrowable(answer::join);
      if (error != null) {
        assertThat(Causes.of(error)).noneMatch(AssertionError.class::isInstance);
      }
    }

    private CompletableFuture<String> call(Deadline deadline, int depth) {
      boolean lags = random.nextInt(4) == 0;
      if (lags && depth == 1) {
        lag = LAG; // a retry that waits for its executor is not called off meanwhile
      }
      return handler((lags ? retry().executor(this::late) : retry()).build(), true)
          .callAsync(
              CallOptions.none().deadline(deadline),
              attempt -> {
                begun(attempt);
                return depth < DEEPEST && random.nextInt(3) > 0
                    ? call(deadline(), depth + 1)
                    : answer();
              });
    }

    private void late(Runnable action) {
      clock.after(Duration.ofMillis(random.nextInt((int) LAG.toMillis())), action);
    }

    private CompletableFuture<String> answer() {
      CompletableFuture<String> answer = new CompletableFuture<>();
      Duration later = Duration.ofMillis(random.nextInt(1000));
      switch (random.nextInt(5)) {
        case 0 -> clock.after(later, () -> answer.complete("answer"));
        case 1 -> answer.completeExceptionally(new Busy());
        case 2 -> {} // never
        default -> clock.after(later, () -> answer.completeExceptionally(new Busy()));
      }
      return answer;
    }
  }
}
