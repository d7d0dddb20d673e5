package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Interrupts, cancellations and errors of the machine are never retried, be the policy as stubborn
 * as it may.
 */
class CancellationProperties {
  private static final int CASES = 2000;

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void noBlockingCallIsRepeatedAfterACancellation() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Exception end = cancellation(random);
          Stubborn stubborn = new Stubborn(random);
          Throwable error =
              catchThrowable(
                  () ->
                      stubborn.call(
                          attempt -> {
                            stubborn.begun++;
                            if (stubborn.begun > stubborn.failures) {
                              throw end;
                            }
                            throw new Busy();
                          }));
          Thread.interrupted();
          assertThat(stubborn.begun).isEqualTo(stubborn.failures + 1);
          assertThat(Causes.of(error)).contains(end);
          assertThat(error).isNotInstanceOf(AttemptsExhaustedException.class);
        });
  }

  @Test
  void noFutureIsRepeatedAfterACancellation() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Exception end = cancellation(random);
          Stubborn stubborn = new Stubborn(random);
          CompletableFuture<String> answer =
              stubborn.callAsync(
                  attempt -> {
                    stubborn.begun++;
                    return CompletableFuture.failedFuture(
                        stubborn.begun > stubborn.failures ? end : new Busy());
                  });
          Agenda.runThrough(stubborn.clock);
          assertThat(answer).isCompletedExceptionally();
          assertThat(stubborn.begun).isEqualTo(stubborn.failures + 1);
        });
  }

  private static Exception cancellation(Random random) {
    Exception bare =
        switch (random.nextInt(3)) {
          case 0 -> new CancelledException("Somebody called it off.", null);
          case 1 -> new CancellationException();
          default -> new InterruptedException();
        };
    return switch (random.nextInt(4)) {
      case 0 -> new CompletionException(bare);
      case 1 -> new ExecutionException(bare);
      default -> bare;
    };
  }

  /** Takes everything for transient, in many ways, and has attempts enough. */
  private static final class Stubborn {
    private final VirtualClock clock;
    private final Retry retry;
    private final ErrorHandler handler;
    private final boolean handled;
    private final int failures;
    private int begun;

    private Stubborn(Random random) {
      this.clock = VirtualClock.autoAdvancing();
      this.failures = random.nextInt(4);
      Schedule schedule = RandomWaits.shortSchedule(random);
      RetryBuilder builder =
          Retry.builder()
              .maxAttempts(10)
              .backoff(RandomWaits.shortBackoff(random))
              .jitter(RandomWaits.jitter(random))
              .retryUnknown()
              .schedule(ErrorKind.CANCELLED, schedule)
              .schedule(CancellationException.class, schedule)
              .schedule(InterruptedException.class, schedule)
              .time(clock);
      Classifier[] classifiers = {
        error -> Verdict.transientError(),
        error -> Verdict.throttled(Duration.ofMillis(10)),
        error -> error instanceof Busy ? Verdict.transientError() : Verdict.unknown(),
        Classifier.standard()
      };
      this.retry = builder.retryOn(classifiers[random.nextInt(classifiers.length)]).build();
      this.handled = random.nextBoolean();
      ErrorHandler.Builder parts = ErrorHandler.builder().retry(retry).bulkhead(1);
      if (random.nextBoolean()) {
        parts.timeout(Duration.ofSeconds(30));
      }
      this.handler = parts.circuitBreakers(CircuitBreakers.builder().time(clock).build()).build();
    }

    private String call(AttemptCall<String> work) {
      return handled ? handler.call(CallOptions.none(), work) : retry.call(Deadline.never(), work);
    }

    private CompletableFuture<String> callAsync(Function<Attempt, CompletableFuture<String>> work) {
      return handled
          ? handler.callAsync(CallOptions.none(), work)
          : retry.callAsync(Deadline.never(), work);
    }
  }
}
