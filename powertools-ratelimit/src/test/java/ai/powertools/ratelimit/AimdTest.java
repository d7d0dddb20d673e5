package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AimdTest {
  private static final Duration TRIP = Duration.ofSeconds(1);

  private final VirtualClock clock = VirtualClock.create();

  private Aimd.Builder builder() {
    return Aimd.builder().time(clock);
  }

  private void round(Aimd control) {
    clock.advance(TRIP.multipliedBy(2));
    for (int call = control.limit(); call > 0; call--) {
      control.onEnd(TRIP, control.limit(), Outcome.SUCCESS);
    }
  }

  @Test
  void growsByOneWithARoundTripOfFullUse() {
    Aimd control = builder().initial(10).build();
    round(control);
    assertThat(control.limit()).isEqualTo(10); // the last bit is missing: ten times 1/10.x
    round(control);
    assertThat(control.limit()).isEqualTo(11);
    for (int i = 0; i < 20; i++) {
      round(control);
    }
    assertThat(control.limit()).isBetween(28, 32);
  }

  @Test
  void doesNotGrowWhileCallsAreFewerThanTheLimit() {
    Aimd control = builder().initial(10).build();
    for (int i = 0; i < 1000; i++) {
      control.onEnd(TRIP, 9, Outcome.SUCCESS);
    }
    assertThat(control.limit()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "TIMED_OUT"})
  void isCutBySevenTenths(Outcome outcome) {
    Aimd control = builder().initial(10).build();
    control.onEnd(TRIP, 3, outcome);
    assertThat(control.limit()).isEqualTo(7);
  }

  @Test
  void isCutOnceByAllThatWereUnderWay() {
    Aimd control = builder().initial(100).build();
    clock.advance(TRIP);
    for (int i = 0; i < 50; i++) {
      control.onEnd(TRIP, 100, Outcome.THROTTLED);
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(control.limit()).isEqualTo(70);

    clock.advance(Duration.ofMillis(500)); // a call that began with the cut may cut again
    control.onEnd(TRIP, 70, Outcome.THROTTLED);
    assertThat(control.limit()).isEqualTo(49);
  }

  @Test
  void learnsNothingFromWhatFailedForAReasonOfItsOwn() {
    Aimd control = builder().initial(10).build();
    control.onEnd(TRIP, 10, Outcome.UNRELATED);
    assertThat(control).hasToString("at most 10 calls at once (AIMD, 1 to 1000)");
  }

  @Test
  void staysWithinItsBounds() {
    Aimd control = builder().least(2).most(4).initial(100).increase(3).decrease(0.1).build();
    assertThat(control.limit()).isEqualTo(4);
    round(control);
    assertThat(control.limit()).isEqualTo(4);
    control.onEnd(TRIP, 4, Outcome.THROTTLED);
    assertThat(control.limit()).isEqualTo(2);
  }

  @Test
  void beginsWithFour() {
    assertThat(Aimd.create().limit()).isEqualTo(4);
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(() -> builder().least(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("From 0 to 1000 calls at once");
    assertThatThrownBy(() -> builder().least(5).most(4).build())
        .hasMessageContaining("give 1 or more, the smaller number as least");
    assertThatThrownBy(() -> builder().decrease(1).build())
        .hasMessageContaining("A decrease of 1.0 makes no sense");
    assertThatThrownBy(() -> builder().decrease(Double.NaN).build())
        .hasMessageContaining("more than 0 and less than 1");
    assertThatThrownBy(() -> builder().increase(0).build())
        .hasMessageContaining("An increase of 0.0 makes no sense");
    assertThatThrownBy(() -> builder().increase(1001).build()).hasMessageContaining("at most 1000");
  }
}
