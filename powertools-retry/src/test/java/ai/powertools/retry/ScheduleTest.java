package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Waits of their own for errors of their own kinds; by example. */
class ScheduleTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final List<Long> waits = new ArrayList<>();

  private RetryBuilder builder() {
    return Retry.builder()
        .time(clock)
        .maxAttempts(20)
        .exponential(Duration.ofMillis(100), 2.0)
        .noJitter()
        .listener(event -> waits.add(event.delay().toMillis()));
  }

  private static Schedule seconds(int wait) {
    return Schedule.fixed(Duration.ofSeconds(wait)).jitter(Jitter.none());
  }

  private static Schedule growing(Duration first) {
    return Schedule.exponential(first, 10.0).jitter(Jitter.none());
  }

  @Test
  void anErrorIsFollowedByTheWaitOfItsKind() {
    Retry retry = builder().schedule(ErrorKind.THROTTLED, seconds(7)).build();
    retry.call(Flaky.failingWith(new Busy(), new Busy(Duration.ZERO), new IOException()));
    assertThat(waits).containsExactly(100L, 7000L, 200L);
  }

  @Test
  void eachScheduleCountsItsOwnFailures() {
    Retry retry = builder().schedule(ConnectException.class, growing(Duration.ofMillis(1))).build();
    retry.call(
        Flaky.failingWith(
            new Busy(), new ConnectException(), new Busy(), new ConnectException(), new Busy()));
    assertThat(waits).containsExactly(100L, 1L, 200L, 10L, 400L);
  }

  @Test
  void aTypeIsFoundAnywhereInTheChainOfCauses() {
    Retry retry = builder().schedule(ConnectException.class, seconds(7)).build();
    retry.call(Flaky.failingWith(new Busy(null, new ConnectException())));
    assertThat(waits).containsExactly(7000L);
  }

  @Test
  void theFirstThatFitsCounts() {
    Retry retry =
        builder()
            .schedule(ConnectException.class, seconds(1))
            .schedule(IOException.class, seconds(2))
            .schedule(ErrorKind.TRANSIENT, seconds(3))
            .build();
    retry.call(Flaky.failingWith(new Busy(), new IOException(), new ConnectException()));
    assertThat(waits).containsExactly(3000L, 2000L, 1000L);
  }

  @Test
  void aScheduleMayAllowFewerAttempts() {
    Retry retry = builder().schedule(ConnectException.class, seconds(1).maxAttempts(2)).build();
    AttemptsExhaustedException error =
        catchThrowableOfType(
            AttemptsExhaustedException.class,
            () ->
                retry.call(
                    Flaky.failingWith(
                        new Busy(), new ConnectException(), new Busy(), new ConnectException())));
    assertThat(error.reason()).isEqualTo(AttemptsExhaustedException.Reason.ATTEMPTS);
    assertThat(error)
        .hasMessage(
            "Gave up after 4 of 20 attempts over 1300 ms: no more attempts are allowed by the"
                + " schedule for such errors. Allow more with maxAttempts(…), or have something"
                + " else answer. The last error was ConnectException");
  }

  @Test
  void noScheduleAllowsMoreAttemptsThanTheRetry() {
    Retry retry =
        builder().maxAttempts(2).schedule(ErrorKind.TRANSIENT, seconds(1).maxAttempts(9)).build();
    assertThatThrownBy(() -> retry.call(Flaky.failingWith(new Busy(), new Busy())))
        .hasMessageStartingWith(
            "Gave up after 2 of 2 attempts over 1000 ms: no more attempts are allowed. Allow");
  }

  @Test
  void theCapAndJitterOfTheRetryAreNotTheSchedules() {
    Retry retry =
        builder()
            .cap(Duration.ofSeconds(1))
            .jitter((wait, random) -> Duration.ZERO)
            .schedule(ErrorKind.THROTTLED, seconds(7))
            .build();
    retry.call(Flaky.failingWith(new Busy(), new Busy(Duration.ZERO)));
    assertThat(waits).containsExactly(0L, 7000L);
  }

  @Test
  void aCapHoldsItsOwnWaitsAndNotThoseAskedFor() {
    Retry retry =
        builder()
            .schedule(
                ErrorKind.THROTTLED, growing(Duration.ofSeconds(1)).cap(Duration.ofSeconds(5)))
            .build();
    retry.call(
        Flaky.failingWith(
            new Busy(Duration.ZERO), new Busy(Duration.ZERO), new Busy(Duration.ofSeconds(60))));
    assertThat(waits).containsExactly(1000L, 5000L, 60_000L);
  }

  @Test
  void theDefaultCapIsHalfAMinuteOrTheFirstWait() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(Schedule.fixed(minute).cap()).isEqualTo(minute);
    assertThat(Schedule.linear(minute, minute).cap()).isEqualTo(minute);
    assertThat(Schedule.exponential(minute, 2).cap()).isEqualTo(minute);
    assertThat(Schedule.fibonacci(minute).cap()).isEqualTo(minute);
    assertThat(Schedule.polynomial(minute, 2).cap()).isEqualTo(minute);
    assertThat(Schedule.of(Backoff.fixed(minute)).cap()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Schedule.fixed(Duration.ofSeconds(1)).cap()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aScheduleIsNotChangedByChangingACopy() {
    Schedule schedule = seconds(1);
    var unused = schedule.cap(Duration.ZERO).jitter(Jitter.full()).maxAttempts(1);
    assertThat(schedule.cap()).isEqualTo(Duration.ofSeconds(30));
    assertThat(schedule.jitter()).isEqualTo(Jitter.none());
    assertThat(schedule.maxAttempts()).isEmpty();
  }

  @Test
  void aWaitThatIsAskedForIsSpreadUpwardsByNoMoreThanATenth() {
    RandomGenerator most = () -> Long.MAX_VALUE;
    Retry retry = builder().fullJitter().random(most).build();
    retry.call(Flaky.failingWith(new Busy(Duration.ofSeconds(60))));
    assertThat(waits.get(0)).isBetween(60_000L, 66_000L);
  }

  @Test
  void politenessDoesNotCostTheAttempt() {
    Deadline deadline = Deadline.after(Duration.ofMillis(60_001), clock);
    Retry retry = builder().jitter(Jitter.equal()).random(new SplittableRandom(7)).build();
    Flaky work = Flaky.failingWith(new Busy(Duration.ofSeconds(60)));
    String answer = retry.call(deadline, attempt -> work.call());
    assertThat(answer).isEqualTo("answer");
    assertThat(waits).containsExactly(60_000L);
  }

  @Test
  void aLongerWaitThanIsAllowedMayNotBeAskedFor() {
    Retry retry = builder().longestWait(Duration.ofSeconds(59)).build();
    Busy busy = new Busy(Duration.ofSeconds(60));
    AttemptsExhaustedException error =
        catchThrowableOfType(
            AttemptsExhaustedException.class, () -> retry.call(Flaky.failingWith(busy)));
    assertThat(error.reason()).isEqualTo(AttemptsExhaustedException.Reason.WAIT);
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(error)
        .hasMessage(
            "Gave up after 1 of 20 attempts over 0 ms: the next would follow a wait of 60 s that"
                + " was asked for, and the longest allowed is 59 s. Allow more with"
                + " longestWait(…), or have something else answer. The last error was Busy: The"
                + " provider is busy");
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void theLongestWaitMayBeAskedForHoweverItIsSpread() {
    RandomGenerator most = () -> Long.MAX_VALUE;
    Retry retry = builder().fullJitter().random(most).longestWait(Duration.ofSeconds(60)).build();
    assertThat(retry.call(Flaky.failingWith(new Busy(Duration.ofSeconds(60))))).isEqualTo("answer");
  }

  @Test
  void anErrorSaysThatAWaitWasAskedForOnlyIfItWas() {
    Deadline deadline = Deadline.after(Duration.ofMillis(50), clock);
    for (Busy busy : List.of(new Busy(Duration.ofMillis(1)), new Busy())) {
      assertThatThrownBy(() -> builder().build().call(deadline, attempt -> failing(busy)))
          .hasMessageContaining(
              "the next would follow a wait of 100 ms, but only 50 ms are left until the deadline");
    }
    Busy patient = new Busy(Duration.ofMillis(200));
    assertThatThrownBy(() -> builder().build().call(deadline, attempt -> failing(patient)))
        .hasMessageContaining("a wait of 200 ms that was asked for, but only 50 ms are left");
  }

  private static String failing(Throwable error) throws Exception {
    return Flaky.failingWith(error).call();
  }

  @Test
  void ourOwnWaitsMayBeLonger() {
    Retry retry = builder().longestWait(Duration.ofMillis(50)).build();
    retry.call(Flaky.failingWith(new Busy(), new Busy(Duration.ofMillis(1))));
    assertThat(waits).containsExactly(100L, 200L);
  }

  @Test
  void aLimitOfTimeIsADeadlineForEachCall() {
    Retry retry = builder().maxTime(Duration.ofMillis(250)).build();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> retry.call(Flaky.failingWith(new Busy(), new Busy(), new Busy())))
          .hasMessageStartingWith(
              "Gave up after 2 of 20 attempts over 100 ms: the next would follow a wait of 200 ms,"
                  + " but only 150 ms are left until the deadline. Allow more time");
    }
  }

  @Test
  void aBackoffThatThrowsEndsTheCallWithTheAttemptsOwnError() {
    IllegalStateException broken = new IllegalStateException("broken");
    Retry retry =
        builder()
            .backoff(
                attempt -> {
                  throw broken;
                })
            .build();
    Busy busy = new Busy();
    assertThatThrownBy(() -> retry.call(Flaky.failingWith(busy)))
        .isSameAs(busy)
        .hasSuppressedException(broken);
  }

  @Test
  void theWaitsOfTheFurtherKindsOfBackoffGrowAsTheySay() {
    assertThat(waitsOf(builder().fibonacci(Duration.ofMillis(1))))
        .containsExactly(1L, 1L, 2L, 3L, 5L);
    assertThat(waitsOf(builder().linear(Duration.ofMillis(5), Duration.ofMillis(2))))
        .containsExactly(5L, 7L, 9L, 11L, 13L);
    assertThat(waitsOf(builder().polynomial(Duration.ofMillis(1), 2)))
        .containsExactly(1L, 4L, 9L, 16L, 25L);
  }

  private static List<Long> waitsOf(RetryBuilder retry) {
    return retry.build().preview(5).stream().map(wait -> wait.computed().toMillis()).toList();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> seconds(1).maxAttempts(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A call needs at least 1 attempt, not 0");
    assertThatThrownBy(() -> seconds(1).cap(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The cap must not be negative: PT-0.000000001S");
    assertThatThrownBy(() -> Retry.builder().maxTime(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The time of a call must be more than zero: PT0S");
    assertThatThrownBy(() -> Retry.builder().longestWait(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The longest wait must not be negative: PT-0.000000001S");
  }
}
