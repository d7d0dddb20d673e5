package ai.powertools.ratelimit.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnMeterTest {
  private final VirtualClock clock = VirtualClock.create();
  private final BurnMeter meter = BurnMeter.over(Duration.ofHours(1), clock);

  @Test
  void knowsNothingUntilThreeSlotsAreOver() {
    clock.advance(Duration.ofMinutes(3).minusNanos(1));
    assertThat(meter.burn()).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(meter.burn()).contains(new Burn(0, 0, 3, Duration.ofMinutes(1)));
  }

  @Test
  void anEvenBurnHasItsRateAndNoRange() {
    for (int minute = 0; minute < 90; minute++) {
      meter.record(20);
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(meter.burn().orElseThrow().rate(Duration.ofHours(3)))
        .isEqualTo(new BurnRate(1200, 1200, 1200));
  }

  @Test
  void theSlotUnderWayDoesNotCountYet() {
    clock.advance(Duration.ofMinutes(5));
    meter.record(1_000_000);
    assertThat(meter.burn().orElseThrow().mean()).isZero();
    clock.advance(Duration.ofMinutes(1));
    assertThat(meter.burn().orElseThrow().mean()).isCloseTo(1_000_000 / 6.0, within(1e-6));
  }

  @Test
  void whatIsOlderThanTheSpanIsForgotten() {
    meter.record(1_000);
    clock.advance(Duration.ofMinutes(61));
    assertThat(meter.burn().orElseThrow().mean()).isZero();
    assertThat(meter.total()).isZero();
    meter.record(7);
    clock.advance(Duration.ofDays(100));
    assertThat(meter.burn().orElseThrow()).isEqualTo(new Burn(0, 0, 60, Duration.ofMinutes(1)));
  }

  @Test
  void agreesWithAListOfAllThatWasRecorded() {
    RandomInput.check(300, BurnMeterTest::agreesWithAList);
  }

  private record Use(long slot, long amount) {}

  private static void agreesWithAList(RandomInput input) {
    VirtualClock clock = VirtualClock.create();
    BurnMeter meter = BurnMeter.over(Duration.ofMinutes(1), clock);
    List<Use> uses = new ArrayList<>();
    for (int i = input.ints(1, 200); i > 0; i--) {
      clock.advance(input.durations(Duration.ZERO, Duration.ofSeconds(input.oneOf(1, 3, 90))));
      long amount = input.longs(0, 10_000);
      uses.add(new Use(clock.nanos() / 1_000_000_000, amount));
      meter.record(amount);
      long now = clock.nanos() / 1_000_000_000;
      long slots = Math.min(60, now);
      if (slots >= 3) {
        double expected =
            uses.stream()
                    .filter(use -> use.slot < now && use.slot >= now - slots)
                    .mapToLong(Use::amount)
                    .sum()
                / (double) slots;
        assertThat(meter.burn().orElseThrow().mean()).isCloseTo(expected, within(1e-6));
      }
      assertThat(meter.total())
          .isEqualTo(
              uses.stream().filter(use -> use.slot >= now - 60).mapToLong(Use::amount).sum());
    }
  }

  @Test
  void manyThreadsLoseNothing() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  meter.record(3);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(meter.total()).isEqualTo(120_000);
  }

  @Test
  void sumsStopAtTheEndOfALong() {
    meter.record(Long.MAX_VALUE);
    meter.record(5);
    assertThat(meter.total()).isEqualTo(Long.MAX_VALUE);
    clock.advance(Duration.ofMinutes(1));
    meter.record(5);
    assertThat(meter.total()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesNegativeUsesAndSpans() {
    assertThatThrownBy(() -> meter.record(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Nobody uses -1: give zero or more.");
    assertThatThrownBy(() -> BurnMeter.over(Duration.ZERO, clock))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Burn(-1, 0, 1, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
