package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an error comes more often than it did. */
class TrendTest {
  private static Trend of(Long... minutes) {
    return new Trend(Arrays.asList(minutes), List.of());
  }

  private static Trend halves(long older, long newer) {
    return of(older, 0L, newer, 0L);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, RISING", "0, 4, STEADY", "5, 0, FALLING", "4, 0, STEADY",
    "100, 100, STEADY", "100, 129, STEADY", "100, 131, RISING", "131, 100, FALLING",
    "0, 0, QUIET", "1000000, 1002900, RISING", "1000000, 1002800, STEADY"
  })
  void itRisesOrFallsByMoreThanTwoStandardDeviations(long older, long newer, Direction expected) {
    assertThat(halves(older, newer).direction()).isEqualTo(expected);
  }

  @Test
  void theMiddleOfAnOddNumberOfMinutesCountsForNeitherHalf() {
    assertThat(of(0L, 1_000L, 0L).direction()).isEqualTo(Direction.STEADY);
    assertThat(of(1_000L).direction()).isEqualTo(Direction.STEADY);
    assertThat(of().direction()).isEqualTo(Direction.QUIET);
  }

  @Test
  void chanceAloneSeldomLooksLikeARise() {
    SplittableRandom random = new SplittableRandom(7);
    int alarms = 0;
    for (int i = 0; i < 2_000; i++) {
      List<Long> minutes = new ArrayList<>();
      for (int minute = 0; minute < 60; minute++) {
        // 40 chances of one in ten: nearly Poisson-distributed with a mean of 4.
        minutes.add(random.ints(40, 0, 10).filter(x -> x == 0).count());
      }
      alarms += new Trend(minutes, List.of()).direction() == Direction.STEADY ? 0 : 1;
    }

    // About one in twenty would be by the rule; binomial counts scatter a little less.
    assertThat(alarms).isBetween(20, 120);
  }

  @Test
  void theBarShowsFiveMinutesASignAndBlanksWhereNobodyCounted() {
    List<Long> minutes = new ArrayList<>(Stream.generate(() -> 0L).limit(60).toList());
    minutes.set(59, 10L);
    minutes.set(50, 1L);
    minutes.set(0, 5L);

    assertThat(ReportText.TrendBar.of(new Trend(minutes, List.of()))).isEqualTo("▃·········▁▇");
    assertThat(ReportText.TrendBar.of(of(1L, 0L, 0L, 0L, 0L, 0L))).isEqualTo("          ▇·");
    assertThat(ReportText.TrendBar.of(of(0L))).isEqualTo("           ·");
  }
}
