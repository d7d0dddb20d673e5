package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether intervals hold what they promise, and the forecast is worth having, over many series of
 * which the end is known.
 */
class ForecastCalibrationTest {
  private static final int SERIES = RandomInput.size("powertools.forecast.series", 200);
  private static final long SEED = Long.getLong("powertools.seed", 20261126);
  private static final int AHEAD = 20;
  private static final int SO_FAR = 10;
  private static final int PATHS = 300;

  @ParameterizedTest
  @CsvSource({
    "WEEKDAYS, 45", "WEEKDAYS, 120",
    "GROWING, 45", "GROWING, 120",
    "HEAVY_TAILED, 45", "HEAVY_TAILED, 120",
    "SPIKY, 45", "SPIKY, 120",
    "FLAT, 45", "FLAT, 120"
  })
  void sumsLieInTheirIntervalsAboutAsOftenAsPromised(SpendingSeries series, int history) {
    Score score = new Score(series, history);
    assertThat(score.in80).as("80 %% of %s", score).isBetween(0.65, 0.95);
    assertThat(score.in95).as("95 %% of %s", score).isBetween(0.83, 1.0);
  }

  @ParameterizedTest
  @EnumSource(SpendingSeries.class)
  void aWeekIsPromisedNoMoreThanIsKnown(SpendingSeries series) {
    Score score = new Score(series, 7);
    assertThat(score.in80).as("80 %% of %s", score).isGreaterThan(0.65);
  }

  @ParameterizedTest
  @CsvSource({"WEEKDAYS, 28", "WEEKDAYS, 45", "WEEKDAYS, 120", "GROWING, 120", "HEAVY_TAILED, 120"})
  void whereWeekdaysDifferThePlainRunRateIsBeaten(SpendingSeries series, int history) {
    Score score = new Score(series, history);
    assertThat(score.error).as("WAPE of %s", score).isLessThan(0.9 * score.runRateError);
  }

  @Test
  void twoWeeksOfNoiseAreNotFollowed() {
    Score score = new Score(SpendingSeries.FLAT, 14);
    assertThat(score.error).as("WAPE of %s", score).isLessThan(1.15 * score.runRateError);
  }

  /** What forecasts of the days after the history come to, over all series. */
  private static final class Score {
    private final SpendingSeries series;
    private final int history;
    private double in80;
    private double in95;
    private double error;
    private double runRateError;

    Score(SpendingSeries series, int history) {
      this.series = series;
      this.history = history;
      double actual = 0;
      for (int i = 0; i < SERIES; i++) {
        double[] all = series.days(history + AHEAD, new Random(SEED + i));
        double truth = Arrays.stream(all, history, all.length).sum();
        SpendingModel model = ModelFit.of(Arrays.copyOf(all, history));
        Sample sums = SpendingPaths.of(model, AHEAD, 1, PATHS).sums(AHEAD);
        double rate =
            Arrays.stream(all, Math.max(0, history - SO_FAR), history).average().orElseThrow();
        actual += truth;
        error += Math.abs(Arrays.stream(model.expected(AHEAD)).sum() - truth);
        runRateError += Math.abs(rate * AHEAD - truth);
        in80 += sums.quantile(0.1) <= truth && truth <= sums.quantile(0.9) ? 1 : 0;
        in95 += sums.quantile(0.025) <= truth && truth <= sums.quantile(0.975) ? 1 : 0;
      }
      error /= actual;
      runRateError /= actual;
      in80 /= SERIES;
      in95 /= SERIES;
    }

    @Override
    public String toString() {
      return "%s after %d days, seed %d: coverage %.2f and %.2f, WAPE %.3f, run rate %.3f"
          .formatted(series, history, SEED, in80, in95, error, runRateError);
    }
  }
}
