package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowStartTest {
  private static final Duration TRIP = Duration.ofSeconds(1);

  private final VirtualClock clock = VirtualClock.create();
  private final Aimd inner = Aimd.builder().initial(40).time(clock).build();
  private final SlowStart control = SlowStart.of(inner, clock);

  private void succeed(int calls) {
    clock.advance(TRIP);
    for (int i = 0; i < calls; i++) {
      control.onEnd(TRIP, 1, Outcome.SUCCESS);
    }
  }

  @Test
  void holdsNobodyBackBeforeAPause() {
    assertThat(control.limit()).isEqualTo(40);
    assertThat(control.isStarting()).isFalse();
    succeed(3);
    assertThat(control.limit()).isEqualTo(40);
    assertThat(control).hasToString("at most 40 calls at once (AIMD, 1 to 1000)");
  }

  @Test
  void doublesWithEachRoundOfSuccessesUntilItIsBackWhereItWas() {
    control.paused(12);
    List<Integer> limits = new ArrayList<>();
    while (control.isStarting()) {
      limits.add(control.limit());
      succeed(control.limit());
    }
    assertThat(limits).containsExactly(1, 2, 4, 8);
    assertThat(control.limit()).isEqualTo(40);
  }

  @Test
  void waitsForAllOfARound() {
    control.paused(12);
    succeed(1);
    succeed(1);
    assertThat(control.limit()).isEqualTo(2);
    assertThat(control)
        .hasToString("2 of 12 calls, starting slowly; at most 40 calls at once (AIMD, 1 to 1000)");
    succeed(1);
    assertThat(control.limit()).isEqualTo(4);
  }

  @Test
  void doesNotCountCallsThatBeganBeforeThePause() {
    clock.advance(TRIP);
    control.paused(12);
    clock.advance(Duration.ofMillis(500));
    for (int i = 0; i < 12; i++) {
      control.onEnd(TRIP, 12, Outcome.SUCCESS);
      control.onEnd(TRIP, 12, Outcome.THROTTLED);
    }
    assertThat(control.limit()).isEqualTo(1);
  }

  @Test
  void beginsAnewWhenItIsThrottledOnTheWay() {
    control.paused(12);
    succeed(1);
    succeed(2);
    clock.advance(TRIP);
    control.onEnd(TRIP, 1, Outcome.UNRELATED);
    assertThat(control.limit()).isEqualTo(4);
    control.onEnd(TRIP, 4, Outcome.THROTTLED);
    assertThat(control.limit()).isEqualTo(1);
    succeed(1);
    succeed(2);
    succeed(4);
    assertThat(control.isStarting()).as("the goal is the same").isTrue();
    succeed(8);
    assertThat(control.isStarting()).isFalse();
  }

  @Test
  void keepsTheHigherGoalOfTwoPauses() {
    control.paused(3);
    control.paused(12);
    succeed(1);
    succeed(2);
    assertThat(control.isStarting()).isTrue();
  }

  @Test
  void isDoneAfterOneCallWhenNoneWereInFlight() {
    control.paused(0);
    assertThat(control.limit()).isEqualTo(1);
    succeed(1);
    assertThat(control.isStarting()).isFalse();
  }

  @Test
  void forgetsTheGoalOfAPauseThatIsOver() {
    control.paused(100);
    while (control.isStarting()) {
      succeed(control.limit());
    }
    control.paused(2);
    succeed(1);
    assertThat(control.isStarting()).isFalse();
  }

  @Test
  void letsTheInnerControlLearnAllTheSame() {
    control.paused(4);
    clock.advance(TRIP);
    control.onEnd(TRIP, 40, Outcome.TIMED_OUT);
    assertThat(inner.limit()).isEqualTo(28);
  }
}
