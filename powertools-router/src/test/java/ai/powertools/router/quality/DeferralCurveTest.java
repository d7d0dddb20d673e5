package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worked out by hand: g gains, l loses, b both are right, n none is. */
class DeferralCurveTest {
  private static List<Outcome> rows(String kinds) {
    List<Outcome> rows = new ArrayList<>();
    for (int i = 0; i < kinds.length(); i++) {
      char kind = kinds.charAt(i);
      boolean weak = kind == 'l' || kind == 'b';
      rows.add(new Outcome("s", "t", "row " + rows.size(), weak, kind == 'g' || kind == 'b'));
    }
    return rows;
  }

  @Test
  void theAreaIsThatOfTheTrapezoids() {
    // Gains of 1, 1, 1, 2 rows after 1, 2, 3, 4 calls, of 2 that there are.
    DeferralCurve curve = DeferralCurve.of(rows("gbng"), new double[] {4, 3, 2, 1});
    assertThat(curve.apgr()).hasValue((0.25 + 0.5 + 0.5 + 0.75) / 4);
    assertThat(curve.callsToRecover(0.5)).hasValue(25);
    assertThat(curve.callsToRecover(0.8)).hasValue(100);
    assertThat(curve.weakAccuracy()).isEqualTo(0.25);
    assertThat(curve.strongAccuracy()).isEqualTo(0.75);
    assertThat(curve.accuracy(0)).isEqualTo(0.25);
    assertThat(curve.accuracy(1)).isEqualTo(0.5);
    assertThat(curve.accuracy(4)).isEqualTo(0.75);
  }

  @Test
  void rowsWithTheSameScoreCountWhatTheyAreOnAverage() {
    DeferralCurve curve = DeferralCurve.of(rows("gnbg"), new double[] {1, 1, 1, 0});
    assertThat(curve.sums(new double[] {3, 0, 0, 5})).containsExactly(0, 1, 2, 3, 8);
    assertThat(curve.callsToRecover(0.5)).hasValue(75);
  }

  @Test
  void aChoiceAtRandomIsADiagonal() {
    DeferralCurve random = DeferralCurve.random(rows("gbnglbggbb"));
    assertThat(random.apgr().orElseThrow()).isEqualTo(0.5, within(1e-12));
    assertThat(random.callsToRecover(0.5)).hasValue(50);
    assertThat(random.callsToRecover(0.8)).hasValue(80);
  }

  @Test
  void theOracleTakesGainsFirstAndLossesLast() {
    DeferralCurve oracle = DeferralCurve.oracle(rows("bglngn"));
    assertThat(oracle.callsToRecover(1)).hasValue(100.0 / 6);
    assertThat(oracle.accuracy(2)).isEqualTo(4 / 6.0);
    assertThat(oracle.apgr().orElseThrow()).isGreaterThan(1);
  }

  @Test
  void withoutAGapNothingCanBeRecovered() {
    for (String kinds : List.of("bb", "nn", "gl", "l")) {
      DeferralCurve curve = DeferralCurve.oracle(rows(kinds));
      assertThat(curve.apgr()).isEmpty();
      assertThat(curve.callsToRecover(0.5)).isEmpty();
    }
  }

  @Test
  void saysHowManyCallsAnAccuracyTakes() {
    DeferralCurve curve = DeferralCurve.of(rows("gbng"), new double[] {4, 3, 2, 1});
    assertThat(curve.callsForAccuracy(0.25)).isZero();
    assertThat(curve.callsForAccuracy(0.5)).isEqualTo(1);
    assertThat(curve.callsForAccuracy(0.6)).isEqualTo(4);
    assertThat(curve.callsForAccuracy(0.9)).isEqualTo(4);
  }

  @Test
  void refusesScoresThatDoNotFit() {
    assertThatThrownBy(() -> DeferralCurve.of(rows("gb"), new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 scores for 2 rows");
    assertThatThrownBy(() -> DeferralCurve.random(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeferralCurve.random(rows("gb")).sums(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 for 2 rows");
  }
}
