package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that is called off from another thread, or was before it began. */
class RetryInterruptTest {
  private final VirtualClock clock = VirtualClock.create();
  private final Retry retry =
      Retry.builder().time(clock).fixed(Duration.ofSeconds(10)).noJitter().build();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void anInterruptEndsTheWaitAtOnceAndRestoresTheFlag() throws Exception {
    Busy busy = new Busy();
    Flaky work = Flaky.failingWith(busy);
    AtomicReference<Throwable> error = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              error.set(catchThrowable(() -> retry.call(work)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    clock.awaitSleepers(1);
    thread.interrupt();
    thread.join();

    assertThat(error.get())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while waiting 10 s after attempt 1 failed.")
        .hasCauseInstanceOf(InterruptedException.class)
        .satisfies(
            ended ->
                assertThat(AttemptHistory.of(ended))
                    .extracting(AttemptFailure::error)
                    .containsExactly(busy));
    assertThat(flag).isTrue();
    assertThat(work.calls()).isOne();
    assertThat(clock.elapsed()).isZero();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void anInterruptedThreadMakesNoAttempt() {
    Flaky work = Flaky.failingWith();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> retry.call(work))
        .isInstanceOf(CancelledException.class)
        .hasMessage("The thread was interrupted before attempt 1, which was not made.");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(work.calls()).isZero();
  }

  @Test
  void workThatFailsAndLeavesTheFlagSetIsNotRepeatedEvenWithoutAWait() {
    Retry atOnce = Retry.builder().time(VirtualClock.autoAdvancing()).fixed(Duration.ZERO).build();
    Busy busy = new Busy();

    assertThatThrownBy(
            () ->
                atOnce.call(
                    () -> {
                      Thread.currentThread().interrupt();
                      throw busy;
                    }))
        .isInstanceOf(CancelledException.class)
        .satisfies(
            ended ->
                assertThat(AttemptHistory.of(ended))
                    .extracting(AttemptFailure::error)
                    .containsExactly(busy));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void workThatIsInterruptedIsCalledOff() {
    InterruptedException interrupt = new InterruptedException();

    assertThatThrownBy(() -> retry.call(Flaky.failingWith(interrupt)))
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while making attempt 1.")
        .hasCause(interrupt);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void cancellationIsNeverRetriedWhateverTheClassifierSays() {
    Retry stubborn = Retry.builder().retryOn(any -> Verdict.transientError()).build();
    CancellationException cancelled = new CancellationException();
    Flaky work = Flaky.failingWith(cancelled);

    assertThatThrownBy(() -> stubborn.call(work)).isSameAs(cancelled);
    assertThat(work.calls()).isOne();
  }
}
