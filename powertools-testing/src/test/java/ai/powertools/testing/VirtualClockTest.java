package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock clock = VirtualClock.create();
  private final List<String> events = new ArrayList<>();

  @Test
  void standsUntilItIsTurned() {
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(clock.elapsed()).isZero();

    clock.advance(Duration.ofMinutes(90));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T01:30:00Z"));
    assertThat(clock.nanos()).isEqualTo(Duration.ofMinutes(90).toNanos());
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void standsWhereItWasPut() {
    Instant leapDay = Instant.parse("2028-02-29T23:59:59Z");

    assertThat(VirtualClock.at(leapDay).instant()).isEqualTo(leapDay);
  }

  @Test
  void runsWhatIsDueInOrderAtTheVeryInstantItWasDue() {
    clock.after(Duration.ofSeconds(2), () -> events.add("two at " + clock.elapsed()));
    clock.after(SECOND, () -> events.add("one at " + clock.elapsed()));
    clock.after(SECOND, () -> events.add("also one"));
    clock.after(Duration.ofSeconds(9), () -> events.add("nine"));

    clock.advance(Duration.ofSeconds(5));

    assertThat(events).containsExactly("one at PT1S", "also one", "two at PT2S");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(5));
    assertThat(clock.pending()).isEqualTo(1);
  }

  @Test
  void runsOnTheWayWhatThatPutsOnTheAgenda() {
    clock.after(SECOND, () -> clock.after(SECOND, () -> events.add("at " + clock.elapsed())));

    clock.advance(Duration.ofSeconds(2));

    assertThat(events).containsExactly("at PT2S");
  }

  @Test
  void runsAtTheNextTurnWhatIsDueAtOnce() {
    clock.after(Duration.ofSeconds(-1), () -> events.add("at once"));

    clock.advance(Duration.ZERO);

    assertThat(events).containsExactly("at once");
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void doesNotRunWhatWasCalledOff() {
    Time.Timer timer = clock.after(SECOND, () -> events.add("never"));

    assertThat(timer.cancel()).isTrue();
    assertThat(timer.cancel()).isFalse();
    clock.advance(SECOND);

    assertThat(events).isEmpty();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void callsNothingOffThatHasRun() {
    Time.Timer timer = clock.after(SECOND, () -> events.add("ran"));
    clock.advance(SECOND);

    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void turnsToTheNextThingThatIsDue() {
    clock.after(Duration.ofDays(3), () -> events.add("day 3"));

    assertThat(clock.advanceToNext()).isTrue();
    assertThat(clock.elapsed()).isEqualTo(Duration.ofDays(3));
    assertThat(events).containsExactly("day 3");
    assertThat(clock.advanceToNext()).isFalse();
  }

  @Test
  void doesNotGoBack() {
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Time does not go back: PT-1S");
  }

  @Test
  void wakesASleeperWhenItsTimeHasCome() throws Exception {
    CompletableFuture<Duration> sleeper = asleep(clock, Duration.ofSeconds(10));
    clock.awaitSleepers(1);

    clock.advance(Duration.ofSeconds(9));
    assertThat(sleeper).isNotDone();
    clock.advance(SECOND);

    assertThat(sleeper.join()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void countsNoSleeperThatIsUpAlready() throws Exception {
    AtomicInteger naps = new AtomicInteger();
    CompletableFuture<Void> napper =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                nap(clock, SECOND);
                naps.incrementAndGet();
              }
            });

    for (int i = 0; i < 1_000; i++) {
      clock.awaitSleepers(1);
      // Would find nobody to wake, and the napper would sleep on, if a stale one were counted.
      assertThat(clock.pending()).isEqualTo(1);
      assertThat(naps.get()).isEqualTo(i);
      clock.advance(SECOND);
    }

    napper.join();
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(1_000));
  }

  @Test
  void doesNotSleepForNothing() throws InterruptedException {
    clock.sleep(Duration.ZERO);
    clock.sleep(Duration.ofSeconds(-1));

    assertThat(clock.pending()).isZero();
  }

  @Test
  void wakesASleeperThatIsInterruptedAndForgetsIt() throws InterruptedException {
    List<Class<?>> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                clock.sleep(SECOND);
              } catch (InterruptedException e) {
                thrown.add(e.getClass());
              }
            });
    thread.start();
    clock.awaitSleepers(1);

    thread.interrupt();
    thread.join();

    assertThat(thrown).containsExactly(InterruptedException.class);
    assertThat(clock.pending()).isZero();
    clock.awaitSleepers(0);
  }

  @Test
  void letsNobodySleepWhoWasInterruptedBefore() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> VirtualClock.autoAdvancing().sleep(SECOND))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void isMovedByWhoeverSleepsWhenItAdvancesByItself() throws InterruptedException {
    VirtualClock self = VirtualClock.autoAdvancing();
    self.after(SECOND, () -> events.add("on the way"));

    self.sleep(Duration.ofHours(1));

    assertThat(self.elapsed()).isEqualTo(Duration.ofHours(1));
    assertThat(events).containsExactly("on the way");
  }

  private static CompletableFuture<Duration> asleep(VirtualClock clock, Duration duration) {
    return CompletableFuture.supplyAsync(
        () -> {
          nap(clock, duration);
          return clock.elapsed();
        });
  }

  private static void nap(VirtualClock clock, Duration duration) {
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}
