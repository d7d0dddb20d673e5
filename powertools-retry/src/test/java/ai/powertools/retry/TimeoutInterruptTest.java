package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A timeout's interrupt is its own business, one from outside is not: in all orders of the two. */
class TimeoutInterruptTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final VirtualClock clock = VirtualClock.create();
  private final ErrorHandler handler = handler(1);

  private ErrorHandler handler(int attempts) {
    return ErrorHandler.builder()
        .retry(Retry.builder().maxAttempts(attempts).fixed(Duration.ZERO).time(clock).build())
        .timeout(LIMIT)
        .build();
  }

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void theTimeoutsOwnInterruptDoesNotLeakOutOfACallThatFails() {
    assertThatThrownBy(
            () ->
                handler.call(
                    () -> {
                      clock.advance(LIMIT);
                      throw new Busy();
                    }))
        .isInstanceOf(AttemptTimeoutException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void norOutOfOneThatAnswersAllTheSame() {
    String answer =
        handler.call(
            () -> {
              clock.advance(LIMIT);
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return "late";
            });
    assertThat(answer).isEqualTo("late");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptFromOutsideBeforeTheTimeoutStaysSet() {
    String answer =
        handler.call(
            () -> {
              Thread.currentThread().interrupt();
              clock.advance(LIMIT);
              return "late";
            });
    assertThat(answer).isEqualTo("late");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptFromOutsideBeforeTheTimeoutKeepsTheNextAttemptFromBeingMade() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                handler(3)
                    .call(
                        () -> {
                          attempts.incrementAndGet();
                          Thread.currentThread().interrupt();
                          clock.advance(LIMIT);
                          clock.sleep(LIMIT); // sees the flag, and takes it
                          return "never";
                        }))
        .isInstanceOf(CancelledException.class);
    assertThat(attempts).hasValue(1);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void theSecondOfTwoInterruptsIsNotTheTimeouts() {
    assertThatThrownBy(
            () ->
                handler(3)
                    .call(
                        () -> {
                          clock.advance(LIMIT);
                          try {
                            clock.sleep(LIMIT);
                          } finally {
                            Thread.currentThread().interrupt();
                          }
                          return "never";
                        }))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void theTimeoutIsTheCurrentDeadlineOfTheWork() {
    handler.call(
        CallOptions.none(),
        attempt -> {
          assertThat(attempt.deadline().remaining()).isEqualTo(LIMIT);
          assertThat(Deadline.current().remaining()).isEqualTo(LIMIT);
          return "answer";
        });
    assertThat(Deadline.current().isNever()).isTrue();
    assertThat(clock.pending()).isZero();
  }
}
