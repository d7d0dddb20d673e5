package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GradientTest {
  private final VirtualClock clock = VirtualClock.create();

  private Gradient.Builder builder() {
    return Gradient.builder().time(clock);
  }

  /** A round of calls that take so long, as many in flight as allowed. */
  private void round(Gradient control, Duration trip) {
    round(control, trip, control.limit());
  }

  private void round(Gradient control, Duration trip, int inFlight) {
    clock.advance(trip);
    for (int call = Math.max(20, control.limit()); call > 0; call--) {
      control.onEnd(trip, inFlight, Outcome.SUCCESS);
    }
  }

  private Gradient settled() {
    Gradient control = builder().initial(100).build();
    round(control, Duration.ofSeconds(1)); // at 100
    round(control, Duration.ofSeconds(1)); // at 50: no faster, so this is the unhurried time
    return control;
  }

  @Test
  void measuresTheUnhurriedTimeWithFewerCallsUntilFewerAreNoFaster() {
    Gradient control = builder().initial(100).build();
    round(control, Duration.ofSeconds(8));
    assertThat(control.limit()).isEqualTo(50);
    round(control, Duration.ofSeconds(4));
    assertThat(control.limit()).isEqualTo(25);
    round(control, Duration.ofSeconds(2));
    assertThat(control.limit()).isEqualTo(12);
    round(control, Duration.ofSeconds(2));
    assertThat(control.limit()).isEqualTo(100);

    round(control, Duration.ofSeconds(8)); // four times the unhurried time
    assertThat(control.limit()).isBetween(90, 93);
  }

  @Test
  void doesNotMeasureCallsThatBeganBeforeTheProbe() {
    Gradient control = builder().initial(40).build();
    round(control, Duration.ofSeconds(8));
    for (int late = 0; late < 100; late++) {
      control.onEnd(Duration.ofSeconds(8), 40, Outcome.SUCCESS);
    }
    assertThat(control.limit()).isEqualTo(20); // still measuring
  }

  @Test
  void growsWhileCallsAreAsFastAsUnhurried() {
    Gradient control = settled();
    for (int i = 0; i < 20; i++) {
      round(control, Duration.ofSeconds(1));
    }
    assertThat(control.limit()).isBetween(140, 150); // by a fifth of the root each time
  }

  @Test
  void doesNotGrowWhenHalfOfTheCallsWouldDo() {
    Gradient control = settled();
    for (int i = 0; i < 20; i++) {
      round(control, Duration.ofSeconds(1), 10);
    }
    assertThat(control.limit()).isEqualTo(100);
  }

  @Test
  void shrinksWhenCallsTakeLongerEvenIfTheyAreFew() {
    Gradient control = settled();
    for (int i = 0; i < 10; i++) {
      round(control, Duration.ofSeconds(5), 10);
    }
    assertThat(control.limit()).isLessThan(60);
  }

  @Test
  void probesAgainAfterFortyRounds() {
    Gradient control = settled();
    for (int i = 2; i <= 39; i++) {
      round(control, Duration.ofSeconds(1));
      assertThat(control.limit()).isGreaterThanOrEqualTo(100);
    }
    int before = control.limit();
    round(control, Duration.ofSeconds(1));
    assertThat(control.limit()).isBetween(before / 2, before / 2 + 2);
    round(control, Duration.ofSeconds(1)); // as usual: enough
    assertThat(control.limit()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void isCutOnceByAllThatWereUnderWay() {
    Gradient control = settled();
    for (int i = 0; i < 5; i++) {
      control.onEnd(Duration.ofSeconds(1), 100, Outcome.THROTTLED);
    }
    assertThat(control.limit()).isEqualTo(70);
    control.onEnd(Duration.ofSeconds(1), 70, Outcome.UNRELATED);
    clock.advance(Duration.ofSeconds(1));
    control.onEnd(Duration.ofSeconds(1), 70, Outcome.TIMED_OUT);
    assertThat(control.limit()).isEqualTo(49);
  }

  @Test
  void staysWithinItsBounds() {
    Gradient control = builder().least(5).most(10).initial(3).build();
    assertThat(control.limit()).isEqualTo(5);
    round(control, Duration.ZERO);
    assertThat(control.limit()).isEqualTo(5);
    for (int i = 0; i < 30; i++) {
      round(control, Duration.ZERO);
    }
    assertThat(control).hasToString("at most 10 calls at once (gradient, 5 to 10)");
    clock.advance(Duration.ofSeconds(1));
    control.onEnd(Duration.ofSeconds(1), 10, Outcome.THROTTLED);
    clock.advance(Duration.ofSeconds(1));
    control.onEnd(Duration.ofSeconds(1), 10, Outcome.THROTTLED);
    clock.advance(Duration.ofSeconds(1));
    control.onEnd(Duration.ofSeconds(1), 10, Outcome.THROTTLED);
    assertThat(control.limit()).isEqualTo(5);
  }

  @Test
  void offersTheTimePerToken() {
    assertThat(Gradient.perToken(Duration.ofSeconds(10), 500)).isEqualTo(Duration.ofMillis(20));
    assertThat(Gradient.perToken(Duration.ofSeconds(10), 0)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void beginsWithEight() {
    assertThat(Gradient.create().limit()).isEqualTo(8);
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(() -> builder().most(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("From 1 to 0 calls at once");
    assertThatThrownBy(() -> builder().tolerance(0.9).build())
        .hasMessage("A tolerance of 0.9 makes no sense: give 1 to 10.");
    assertThatThrownBy(() -> builder().tolerance(11).build()).hasMessageContaining("11.0");
  }
}
