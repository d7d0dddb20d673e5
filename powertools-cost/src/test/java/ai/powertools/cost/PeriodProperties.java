package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must be true of windows in every zone, above all near the moments its clocks change. */
class PeriodProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 20_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final long SECONDS = Duration.ofDays(365 * 60).toSeconds();
  private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream().sorted().toList();

  @Test
  void everyMomentLiesInOneWindowAndWindowsDoNotOverlap() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      Instant at = moment(random, zone);
      Instant later = at.plusSeconds(random.nextInt(7200));
      for (Period period : Period.values()) {
        String label = "-Dpowertools.seed=%d: %s in %s at %s".formatted(seed, period, zone, at);
        Instant start = period.windowStart(at, zone);

        assertThat(start).as(label).isBeforeOrEqualTo(at);
        assertThat(period.windowStart(start, zone)).as(label).isEqualTo(start);
        Instant next = period.windowStart(later, zone);
        if (!next.equals(start)) {
          assertThat(next).as(label).isAfter(at).isBeforeOrEqualTo(later);
        }
      }
    }
  }

  /** Half of them within an hour of a change of the clocks. */
  private static Instant moment(Random random, ZoneId zone) {
    Instant any = FIRST.plusSeconds(random.nextLong(SECONDS));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    if (change == null || random.nextBoolean()) {
      return any;
    }
    return change.getInstant().plusSeconds(random.nextInt(7200) - 3600);
  }
}
