package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users put in: listeners, classifiers, backoffs and jitters, and what if those fail. */
class RetryExtensionTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  private RetryBuilder builder() {
    return Retry.builder().time(clock).fixed(Duration.ofSeconds(1)).noJitter();
  }

  @Test
  void listenersHearOfEveryRetryBeforeItsWait() {
    List<RetryEvent> events = new ArrayList<>();
    List<Duration> heardAt = new ArrayList<>();
    Busy busy = new Busy();
    Retry retry =
        builder().listener(events::add).listener(event -> heardAt.add(clock.elapsed())).build();

    assertThatThrownBy(() -> retry.call(Flaky.failingWith(busy, busy, busy)))
        .isInstanceOf(AttemptsExhaustedException.class);

    Duration second = Duration.ofSeconds(1);
    assertThat(events)
        .containsExactly(
            new RetryEvent(1, busy, Verdict.transientError(), second, Duration.ZERO),
            new RetryEvent(2, busy, Verdict.transientError(), second, second));
    assertThat(heardAt).containsExactly(Duration.ZERO, second);
  }

  @Test
  void aListenerThatThrowsIsReportedAndTheCallGoesOn() {
    IllegalStateException broken = new IllegalStateException("listener");
    List<Throwable> uncaught = new ArrayList<>();
    List<RetryEvent> second = new ArrayList<>();
    Retry retry =
        builder()
            .listener(
                event -> {
                  throw broken;
                })
            .listener(second::add)
            .build();

    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, error) -> uncaught.add(error));
    try {
      assertThat(retry.call(Flaky.failingWith(new Busy()))).isEqualTo("answer");
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertThat(uncaught).containsExactly(broken);
    assertThat(second).hasSize(1);
  }

  @Test
  void aClassifierOfOnesOwnDecides() {
    IllegalStateException odd = new IllegalStateException("try me again");
    Retry retry = builder().retryOn(Classifier.transientWhen(e -> e == odd)).build();

    assertThat(retry.call(Flaky.failingWith(odd, odd))).isEqualTo("answer");
    Busy busy = new Busy();
    assertThatThrownBy(() -> retry.call(Flaky.failingWith(busy))).isSameAs(busy);
  }

  @Test
  void aClassifierThatThrowsEndsTheCallWithTheErrorItFailedOver() {
    Busy busy = new Busy();
    UnsupportedOperationException broken = new UnsupportedOperationException("classifier");
    Flaky work = Flaky.failingWith(busy);
    Retry retry =
        builder()
            .retryOn(
                error -> {
                  throw broken;
                })
            .build();

    assertThatThrownBy(() -> retry.call(work)).isSameAs(busy);
    assertThat(busy.getSuppressed()).containsExactly(broken);
    assertThat(work.calls()).isOne();
  }

  @Test
  void aClassifierMayRethrowWhatItWasAskedAbout() {
    Busy busy = new Busy();
    Retry retry =
        builder()
            .retryOn(
                error -> {
                  throw (Busy) error;
                })
            .build();

    assertThatThrownBy(() -> retry.call(Flaky.failingWith(busy))).isSameAs(busy);
  }

  @Test
  void aBackoffThatThrowsEndsTheCallToo() {
    Busy busy = new Busy();
    ArithmeticException broken = new ArithmeticException("backoff");
    Retry retry =
        builder()
            .backoff(
                attempt -> {
                  throw broken;
                })
            .build();

    assertThatThrownBy(() -> retry.call(Flaky.failingWith(busy))).isSameAs(busy);
    assertThat(busy.getSuppressed()).containsExactly(broken);
  }

  @Test
  void aBackoffOfOnesOwnSetsTheWaits() {
    Retry retry = builder().backoff(attempt -> Duration.ofSeconds(attempt * 10L)).build();
    retry.call(Flaky.failingWith(new Busy(), new Busy()));
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aNegativeBackoffIsNoWait() {
    Retry retry = builder().backoff(attempt -> Duration.ofSeconds(-1)).build();
    assertThat(retry.call(Flaky.failingWith(new Busy()))).isEqualTo("answer");
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void aJitterOfOnesOwnIsKeptToWhatItPromises() {
    Retry longer = builder().jitter((wait, random) -> wait.delay().multipliedBy(5)).build();
    longer.call(Flaky.failingWith(new Busy()));
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(1));

    Retry negative = builder().jitter((wait, random) -> wait.delay().negated()).build();
    negative.call(Flaky.failingWith(new Busy()));
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(1));
  }
}
