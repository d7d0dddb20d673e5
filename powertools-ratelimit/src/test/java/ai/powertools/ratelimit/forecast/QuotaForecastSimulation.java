package ai.powertools.ratelimit.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Days of traffic of which the rate is known: when was it said to run out, and when did it? */
class QuotaForecastSimulation {
  private static final int DAYS = RandomInput.size("powertools.forecast.days", 400);
  private static final Instant DAY = Instant.parse("2026-11-27T00:00:00Z");
  private static final Instant NIGHT = DAY.plus(Duration.ofDays(1));
  private static final long AMOUNT = 1_000_000;

  @Test
  void theRangeHoldsInAboutEightCasesOfTen() {
    int held = 0;
    int early = 0;
    int late = 0;
    for (int day = 0; day < DAYS; day++) {
      Day outcome = new Day(day);
      if (outcome.gone.isBefore(outcome.forecast.earliest().orElse(NIGHT))) {
        early++;
      } else if (outcome.gone.isAfter(outcome.forecast.latest().orElse(NIGHT))) {
        late++;
      } else {
        held++;
      }
    }
    // 78, 13 and 9 of 100 in the long run: sums of so lopsided slots are not quite normal.
    assertThat((double) held / DAYS).isBetween(0.72, 0.86);
    assertThat((double) early / DAYS).isBetween(0.06, 0.19);
    assertThat((double) late / DAYS).isBetween(0.03, 0.15);
  }

  @Test
  void theSafeRateUsesUpTheQuotaAtTheReset() {
    RandomInput.check(200, QuotaForecastSimulation::goesOnAtTheSafeRate);
  }

  private static void goesOnAtTheSafeRate(RandomInput input) {
    VirtualClock clock = VirtualClock.at(DAY);
    Quota quota = Quota.daily(Dimension.TOKENS, AMOUNT, ZoneOffset.UTC);
    QuotaMeter meter = QuotaMeter.of(quota, clock);
    clock.advance(input.durations(Duration.ofMinutes(1), Duration.ofHours(23)));
    meter.usedBefore(input.longs(0, AMOUNT));
    double perMinute = meter.forecast().safeRate() / 60;
    double used = 0;
    long recorded = 0;
    while (Duration.between(clock.instant(), NIGHT).compareTo(Duration.ofMinutes(1)) > 0) {
      used += perMinute;
      meter.record((long) used - recorded);
      recorded = (long) used;
      clock.advance(Duration.ofMinutes(1));
    }
    QuotaForecast last = meter.forecast();
    assertThat(last.used()).isLessThanOrEqualTo(AMOUNT);
    assertThat((double) last.left()).isLessThanOrEqualTo(2 * perMinute + 2);
  }

  /** Calls come at random at one mean rate, that would use up the quota in the afternoon. */
  private static final class Day {
    private final VirtualClock clock = VirtualClock.at(DAY);
    private final QuotaMeter meter =
        QuotaMeter.of(Quota.daily(Dimension.TOKENS, AMOUNT, ZoneOffset.UTC), clock);
    private final SplittableRandom random;
    private final Exhaustion forecast;
    private final Instant gone;

    Day(long seed) {
      random = new SplittableRandom(seed);
      while (clock.elapsed().compareTo(Duration.ofHours(8)) < 0) {
        call();
      }
      forecast = meter.forecast().exhaustion();
      while (meter.forecast().left() > 0 && clock.instant().isBefore(NIGHT)) {
        call();
      }
      gone = clock.instant();
    }

    /** One call a minute on average, of a thousand tokens on average. */
    private void call() {
      clock.advance(Duration.ofNanos((long) (exponential() * 60e9)));
      meter.record(Math.round(exponential() * 1_000));
    }

    private double exponential() {
      return -StrictMath.log(1 - random.nextDouble());
    }
  }
}
