package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** By hand, with shares of one half. */
class DriftTest {
  private static final Smoothing HALVES = new Smoothing(0.5, 0.5, 0.5);
  private static final Offset<Double> EXACTLY = within(1e-12);
  private static final int MANY = 1_000;

  @Test
  void growthIsFollowedAndDiesDown() {
    Drift drift = new Drift(HALVES, 10, 0, 0.1, Double.POSITIVE_INFINITY, MANY);

    // $4 more than expected: the level moves by 2, the trend by 1.
    assertThat(drift.see(14, 1)).isEqualTo(0.4, EXACTLY);
    assertThat(drift.level()).isEqualTo(12, EXACTLY);
    assertThat(drift.trend()).isEqualTo(1, EXACTLY);

    double[] ahead = new double[4];
    for (int i = 0; i < ahead.length; i++) {
      ahead[i] = drift.expected(1);
      drift.pass();
    }
    assertThat(ahead).containsExactly(new double[] {12.5, 12.75, 12.875, 12.9375}, EXACTLY);
  }

  @Test
  void oneSpikeCountsAsMuchAsTheLimitAndTwoAreTheNewLevel() {
    Smoothing level = new Smoothing(0.5, 0, 0.5);
    Drift drift = new Drift(level, 10, 0, 0.1, 0.2, MANY);

    assertThat(drift.see(100, 1)).isEqualTo(9, EXACTLY);
    assertThat(drift.level()).isEqualTo(11, EXACTLY); // by half of 0.2 × 10

    assertThat(drift.see(99, 1)).isEqualTo(8, EXACTLY);
    assertThat(drift.level()).isEqualTo(55, EXACTLY); // by half of 88

    // Down is another direction, and a spike again.
    drift.see(0, 1);
    assertThat(drift.level()).isEqualTo(49.5, EXACTLY);
  }

  @Test
  void aWeekdayThatCostsNothingSaysNothing() {
    Drift drift = new Drift(HALVES, 10, 0, 0.1, Double.POSITIVE_INFINITY, MANY);
    drift.see(0, 0);
    assertThat(drift.level()).isEqualTo(10, EXACTLY);
  }

  @Test
  void whileDaysAreFewTheLevelIsTheirAverage() {
    Smoothing slow = new Smoothing(0.01, 0, 0.5);
    Drift drift = new Drift(slow, 3, 0, 0.1, Double.POSITIVE_INFINITY, 1);
    drift.see(5, 1);
    assertThat(drift.level()).isEqualTo(4, EXACTLY);
    drift.see(7, 1);
    assertThat(drift.level()).isEqualTo(5, EXACTLY);
  }

  @Test
  void theLevelNeverFallsBelowNothing() {
    Drift drift = new Drift(HALVES, 1, -8, 0.1, Double.POSITIVE_INFINITY, MANY);
    assertThat(drift.expected(1)).isZero();
    drift.pass();
    assertThat(drift.level()).isZero();
    assertThat(new Drift(HALVES, 0, 0, 0, 1, MANY).see(0, 1)).isZero();
  }
}
