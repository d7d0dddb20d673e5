package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final TurnedByHand time = new TurnedByHand();

  @Test
  void countsDownOnTheMonotonicClock() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(10), time);
    time.nanos += Duration.ofSeconds(4).toNanos();

    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));
    assertThat(deadline.expired()).isFalse();
    assertThat(deadline).hasToString("deadline in 6000 ms");
  }

  @Test
  void hasNothingLeftOnceItHasPassed() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(1), time);
    time.nanos += Duration.ofSeconds(3).toNanos();

    assertThat(deadline.remaining()).isZero();
    assertThat(deadline.expired()).isTrue();
    assertThatThrownBy(() -> deadline.check("a second attempt"))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessage(
            "No time left for a second attempt: the deadline of 1000 ms has passed."
                + " Allow more time, or make fewer attempts.");
  }

  @Test
  void survivesANanosecondCounterThatWrapsAround() {
    time.nanos = Long.MAX_VALUE - 5;
    Deadline deadline = Deadline.after(Duration.ofNanos(100), time);
    time.nanos += 60;

    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(40));
  }

  @Test
  void neverComesWhenItNeverComes() {
    assertThat(Deadline.never().expired()).isFalse();
    assertThat(Deadline.never().isNever()).isTrue();
    assertThat(Deadline.never()).hasToString("no deadline");
    assertThat(Deadline.never().allows(Duration.ofDays(365_000))).isTrue();
    assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), time).isNever()).isTrue();
    Deadline.never().check("anything");
  }

  @Test
  void allowsOnlyWaitsThatEndBeforeIt() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);

    assertThat(deadline.allows(Duration.ofMillis(1999))).isTrue();
    assertThat(deadline.allows(Duration.ofSeconds(2))).isFalse();
    deadline.check("a call");
  }

  @Test
  void isTheEarlierOfTwo() {
    Deadline soon = Deadline.after(Duration.ofSeconds(1), time);
    Deadline later = Deadline.after(Duration.ofSeconds(2), time);

    assertThat(soon.earlier(later)).isSameAs(soon);
    assertThat(later.earlier(soon)).isSameAs(soon);
    assertThat(Deadline.never().earlier(later)).isSameAs(later);
  }

  @Test
  void refusesANegativeSpan() {
    assertThatThrownBy(() -> Deadline.after(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }

  /** As much of a virtual clock as this module can have: powertools-testing stands on it. */
  private static final class TurnedByHand implements Time {
    long nanos;

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
      throw new AssertionError("A deadline puts nothing on the agenda");
    }
  }
}
