package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeekdayPatternTest {
  /** Five days of 10 and two of nothing: 50 a week, on average 10 × 5 / 7. */
  private static final double[] WORKWEEK = {10, 10, 10, 10, 10, 0, 0};

  @Test
  void twoWeeksThatAreAlikeAreAPattern() {
    WeekdayPattern pattern = WeekdayPattern.of(repeated(WORKWEEK, 14));

    assertThat(pattern.isPresent()).isTrue();
    for (int day = -7; day < 14; day++) {
      double factor = Math.floorMod(day, 7) < 5 ? 1.4 : 0;
      assertThat(pattern.factor(day)).as("day %d", day).isEqualTo(factor, within(1e-9));
    }
  }

  @Test
  void daysAreCountedFromTheOneAfterTheHistory() {
    // Three weeks and two days: the next day is the third of its week, the one in five days a 0.
    WeekdayPattern pattern = WeekdayPattern.of(repeated(WORKWEEK, 23));
    assertThat(pattern.factor(0)).isEqualTo(1.4, within(1e-9));
    assertThat(pattern.factor(3)).isEqualTo(0, within(1e-9));
    assertThat(pattern.factor(4)).isEqualTo(0, within(1e-9));
    assertThat(pattern.factor(5)).isEqualTo(1.4, within(1e-9));
  }

  @Test
  void lessThanTwoWeeksDaysAllAlikeAndDaysOfNothingHaveNone() {
    assertThat(WeekdayPattern.of(repeated(WORKWEEK, 13)).isPresent()).isFalse();
    assertThat(WeekdayPattern.of(repeated(new double[] {3}, 100)).isPresent()).isFalse();
    assertThat(WeekdayPattern.of(new double[50]).isPresent()).isFalse();
    assertThat(WeekdayPattern.NONE.factor(3)).isEqualTo(1);
  }

  @Test
  void singleDaysOfMuchAreNoPattern() {
    double[] days = new double[40];
    days[3] = 50;
    days[19] = 70;
    days[29] = 60;
    assertThat(WeekdayPattern.of(days).isPresent()).isFalse();
  }

  @Test
  void oneWildDayDoesNotMoveIt() {
    double[] days = repeated(WORKWEEK, 70);
    days[33] = 5_000; // a Saturday
    WeekdayPattern pattern = WeekdayPattern.of(days);
    assertThat(pattern.factor(5)).isEqualTo(0, within(1e-9));
    assertThat(pattern.factor(1)).isEqualTo(1.4, within(1e-9));
  }

  @Test
  void noiseIsSeldomTakenForAPattern() {
    long found =
        IntStream.range(0, 200)
            .filter(
                i -> {
                  SplittableRandom random = new SplittableRandom(i);
                  double[] days = random.doubles(60).map(noise -> 10 + noise).toArray();
                  return WeekdayPattern.of(days).isPresent();
                })
            .count();
    assertThat(found).isLessThan(40);
  }

  private static double[] repeated(double[] week, int days) {
    double[] all = new double[days];
    Arrays.setAll(all, i -> week[i % week.length]);
    return all;
  }
}
