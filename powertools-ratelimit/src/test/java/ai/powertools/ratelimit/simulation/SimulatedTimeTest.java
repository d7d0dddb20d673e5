package ai.powertools.ratelimit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {
  private final SimulatedTime time = new SimulatedTime();
  private final List<String> done = new ArrayList<>();

  @Test
  void whatIsDueRunsInOrderAndSeesItsMoment() {
    after(20, "later");
    after(10, "first");
    after(10, "second");
    after(-5, "at once");
    time.advanceTo(15);
    assertThat(done).containsExactly("at once 0", "first 10", "second 10");
    assertThat(time.nanos()).isEqualTo(15);
    assertThat(time.advanceToNext()).isTrue();
    assertThat(done).endsWith("later 20");
    assertThat(time.advanceToNext()).isFalse();
    assertThat(time.instant()).isEqualTo(Instant.EPOCH.plusNanos(20));
  }

  @Test
  void whatIsCalledOffDoesNotRun() {
    Time.Timer timer = time.after(Duration.ofNanos(5), () -> done.add("never"));
    assertThat(timer.cancel()).isTrue();
    assertThat(timer.cancel()).isFalse();
    time.advanceTo(10);
    assertThat(done).isEmpty();
  }

  @Test
  void whatIsDueAfterTheEndOfTimeNeverRuns() {
    time.advanceTo(10);
    time.after(Duration.ofDays(365_000), () -> done.add("never"));
    assertThat(time.advanceToNext()).isFalse();
    assertThat(done).isEmpty();
  }

  @Test
  void sleepingTurnsTheClock() throws InterruptedException {
    after(7, "meanwhile");
    time.sleep(Duration.ofNanos(9));
    time.sleep(Duration.ofNanos(-9));
    assertThat(done).containsExactly("meanwhile 7");
    assertThat(time.nanos()).isEqualTo(9);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.sleep(Duration.ofNanos(1)))
        .isInstanceOf(InterruptedException.class);
  }

  private void after(long nanos, String name) {
    time.after(Duration.ofNanos(nanos), () -> done.add(name + " " + time.nanos()));
  }
}
