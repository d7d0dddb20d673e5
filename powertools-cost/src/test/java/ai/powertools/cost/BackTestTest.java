package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Of days of $2 with one of $5, in periods of two days: the first is known and the second is
 * forecast. Of 30 days that is every other one from the 16th on, eight in all.
 */
class BackTestTest {
  @Test
  void errorsAreSharesOfWhatWasSpent() {
    Accuracy accuracy = BackTest.of(daysWithOneOfFive(29), 2).orElseThrow();

    assertThat(accuracy.forecasts()).isEqualTo(8);
    assertThat(accuracy.wape()).isEqualTo(3 / 19.0, within(1e-9));
    assertThat(accuracy.dailyWape()).isEqualTo(3 / 19.0, within(1e-9));
    assertThat(accuracy.bias()).isEqualTo(-3 / 19.0, within(1e-9));
    assertThat(accuracy.runRateWape()).isEqualTo(3 / 19.0, within(1e-9));
    assertThat(accuracy.coverage80()).isEqualTo(7 / 8.0);
    assertThat(accuracy.coverage95()).isEqualTo(7 / 8.0);
    assertThat(accuracy.skill().orElseThrow()).isEqualTo(0, within(1e-9));
  }

  @Test
  void theRunRateIsThatOfThePeriodSoFar() {
    // The day after the one of $5 is forecast; the run rate takes it for another one of $5.
    Accuracy accuracy = BackTest.of(daysWithOneOfFive(26), 2).orElseThrow();
    assertThat(accuracy.runRateWape()).isEqualTo(3 / 16.0, within(1e-9));
    assertThat(accuracy.bias()).isGreaterThan(0);
    assertThat(accuracy.skill().orElseThrow()).isGreaterThan(0.5);
  }

  @Test
  void whatIsPerfectHasNoSkillToMeasure() {
    assertThat(BackTest.of(constant(30), 2).orElseThrow().skill()).isEmpty();
  }

  @Test
  void fourForecastsAreTheLeast() {
    assertThat(BackTest.of(constant(17), 2)).isEmpty();
    assertThat(BackTest.of(constant(18), 2).orElseThrow().forecasts()).isEqualTo(4);
    assertThat(BackTest.of(constant(14 + 7), 30)).isEmpty();
    assertThat(BackTest.of(new double[0], 30)).isEmpty();
  }

  @Test
  void whereNothingWasSpentNothingIsMeasured() {
    double[] days = new double[60];
    days[0] = 1;
    assertThat(BackTest.of(days, 30)).isEmpty();
  }

  private static double[] daysWithOneOfFive(int day) {
    double[] days = constant(30);
    days[day] = 5;
    return days;
  }

  private static double[] constant(int count) {
    double[] days = new double[count];
    Arrays.fill(days, 2);
    return days;
  }
}
