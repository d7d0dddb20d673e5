package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows of the calendar tile all time, in every zone and whenever weeks and months begin. */
class WindowProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 10_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final long SECONDS = Duration.ofDays(365 * 60).toSeconds();
  private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream().sorted().toList();

  @Test
  void everyMomentLiesInAWindowThatEndsWhereTheNextBegins() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      Instant at = moment(random, zone);
      for (Period period : Period.values()) {
        Window window =
            new Window.Calendar(
                period, zone, DayOfWeek.of(1 + random.nextInt(7)), 1 + random.nextInt(28));
        String label = "-Dpowertools.seed=%d: %s at %s".formatted(seed, window.key(), at);
        Instant start = window.start(at);
        assertThat(start).as(label).isBeforeOrEqualTo(at);
        assertThat(Window.parse(window.key()).start(at)).as(label).isEqualTo(start);
        assertThat(Window.parse(window.key()).end(at)).as(label).isEqualTo(window.end(at));
        if (period == Period.EVER) {
          assertThat(window.end(at)).as(label).isEmpty();
        } else {
          tiles(window, at, start, random, label);
        }
      }
    }
  }

  private static void tiles(Window window, Instant at, Instant start, Random random, String label) {
    Instant end = window.end(at).orElseThrow();
    assertThat(end).as(label).isAfter(at);
    assertThat(window.start(end)).as(label).isEqualTo(end);
    assertThat(window.start(end.minusNanos(1))).as(label).isEqualTo(start);
    assertThat(window.end(start)).as(label).contains(end);
    assertThat(window.start(start.minusNanos(1))).as(label).isBefore(start);
    assertThat(window.end(start.minusNanos(1))).as(label).contains(start);
    Instant within =
        start.plusSeconds(random.nextLong(Duration.between(start, end).toSeconds() + 1));
    if (within.isBefore(end)) {
      assertThat(window.start(within)).as(label).isEqualTo(start);
      assertThat(window.end(within)).as(label).contains(end);
    }
  }

  @Test
  void aRollingWindowCountsAPartUntilItsLastMomentHasLeft() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      Duration length =
          Duration.ofSeconds(60 + random.nextInt(400 * 86_400), random.nextInt(1_000_000_000));
      Instant began = FIRST.plusSeconds(random.nextLong(SECONDS)).plusNanos(random.nextInt());
      Counter counter = Counter.of(Budget.usd(1).rolling(length));
      String label = "-Dpowertools.seed=%d: %s at %s".formatted(seed, length, began);

      assertThat(Window.parse(counter.window().key())).as(label).isEqualTo(counter.window());
      long cell = counter.spentCell(began);
      assertThat(counter.firstCell(began.plus(length))).as(label).isLessThanOrEqualTo(cell);
      Instant gone = began.plus(length).plus(length.dividedBy(60));
      assertThat(counter.firstCell(gone)).as(label).isGreaterThan(cell);
    }
  }

  /** Half of them within an hour of a change of the clocks. */
  private static Instant moment(Random random, ZoneId zone) {
    Instant any = FIRST.plusSeconds(random.nextLong(SECONDS)).plusNanos(random.nextInt());
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    if (change == null || random.nextBoolean()) {
      return any;
    }
    return change.getInstant().plusSeconds(random.nextInt(7200) - 3600);
  }
}
