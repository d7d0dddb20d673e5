package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final VirtualClock clock = VirtualClock.create();
  private final Outage outage = Outage.create();

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      outage.failed(clock.nanos());
    }
  }

  @Test
  void aFewFailuresAreNoOutage() {
    fail(2);
    outage.answered();
    fail(2);
    assertThat(outage.isAway()).isFalse();
    assertThat(outage.mayAsk(clock.nanos())).isTrue();
    assertThat(outage.probeIn(clock.nanos())).isZero();
  }

  @Test
  void asksOnceWhenAProbeIsDue() {
    fail(3);
    assertThat(outage.isAway()).isTrue();
    assertThat(outage.mayAsk(clock.nanos())).isFalse();
    clock.advance(Duration.ofMillis(999));
    assertThat(outage.mayAsk(clock.nanos())).isFalse();
    assertThat(outage.probeIn(clock.nanos())).isEqualTo(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(outage.mayAsk(clock.nanos())).isTrue();
    assertThat(outage.mayAsk(clock.nanos())).as("one at a time").isFalse();
    outage.answered();
    assertThat(outage.isAway()).isFalse();
    assertThat(outage.mayAsk(clock.nanos())).isTrue();
  }

  @Test
  void asksLessOftenTheLongerItLasts() {
    fail(3);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(outage.probeIn(clock.nanos())).isEqualTo(Duration.ofSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(outage.mayAsk(clock.nanos())).isTrue();
      fail(1);
    }
    clock.advance(Duration.ofSeconds(30));
    assertThat(outage.mayAsk(clock.nanos())).isTrue();
    outage.answered();
    fail(3);
    assertThat(outage.probeIn(clock.nanos())).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatFailsLateDoesNotPutTheProbeOff() {
    fail(3);
    clock.advance(Duration.ofMillis(900));
    fail(5);
    clock.advance(Duration.ofMillis(100));
    assertThat(outage.mayAsk(clock.nanos())).isTrue();
  }

  @Test
  void whoIsSilentIsAwayWithoutAFailure() {
    outage.silent(clock.nanos());
    assertThat(outage.isAway()).isTrue();
    assertThat(outage.probeIn(clock.nanos())).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofMillis(400));
    outage.silent(clock.nanos());
    assertThat(outage.probeIn(clock.nanos())).isEqualTo(Duration.ofMillis(600));
    outage.answered();
    assertThat(outage.isAway()).isFalse();
    fail(2);
    assertThat(outage.isAway()).isFalse();
  }

  @Test
  void refusesNonsense() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> Outage.of(0, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Outage.of(1, Duration.ZERO, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Outage.of(1, second, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "An outage begins after 1 failure or more and is looked at after a pause, not after 1,"
                + " and PT1S to PT0.001S.");
  }
}
