package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
  private final Time time = Time.system();

  @Test
  void tellsTheTimeOfTheMachine() {
    Instant before = Instant.now();
    assertThat(time.instant()).isBetween(before, Instant.now());
  }

  @Test
  void measuresOnAClockThatDoesNotGoBack() {
    long start = time.nanos();
    assertThat(time.since(start)).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void runsWhatIsDueOnADaemonThread() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    time.after(Duration.ofMillis(1), () -> ranOn.complete(Thread.currentThread()));

    assertThat(ranOn.get(30, TimeUnit.SECONDS).isDaemon()).isTrue();
  }

  @Test
  void doesNotRunWhatWasCalledOff() {
    Time.Timer timer = time.after(Duration.ofDays(400_000), () -> {});

    assertThat(timer.cancel()).isTrue();
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void anActionThatRunsCannotBeCalledOffAnyMore() throws Exception {
    CompletableFuture<Time.Timer> handle = new CompletableFuture<>();
    CompletableFuture<Boolean> kept = new CompletableFuture<>();
    Time.Timer timer =
        time.after(Duration.ofMillis(1), () -> kept.complete(handle.join().cancel()));
    handle.complete(timer);

    assertThat(kept.get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void reportsAnActionThatFails() throws Exception {
    AtomicReference<Throwable> reported = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          reported.set(failure);
          done.countDown();
        });
    try {
      time.after(
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("late failure");
          });
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(reported.get()).hasMessage("late failure");
  }

  @Test
  void sleepsAtLeastAsLongAsAsked() throws Exception {
    long start = time.nanos();
    time.sleep(Duration.ofMillis(2));
    time.sleep(Duration.ofSeconds(-5));
    assertThat(time.since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(2));
  }

  @Test
  void wakesWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.sleep(Duration.ofDays(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
