package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of any rows and any scores. */
class DeferralCurveProperties {
  private static final int CASES = 300;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  @Test
  void keepsItsLaws() {
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      List<Scored> rows = new ArrayList<>();
      int size = 1 + random.nextInt(40);
      for (int row = 0; row < size; row++) {
        rows.add(
            new Scored(
                new Outcome("s", "t", "p", random.nextBoolean(), random.nextInt(4) > 0),
                random.nextInt(6)));
      }
      DeferralCurve curve = curve(rows, 1);
      List<Scored> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      String label = "-Dpowertools.seed=" + (SEED + i);
      DeferralCurve oracle = DeferralCurve.oracle(rows.stream().map(Scored::outcome).toList());
      for (int k = 0; k <= size; k++) {
        double accuracy = curve.accuracy(k);
        assertThat(curve(shuffled, 1).accuracy(k)).as(label).isEqualTo(accuracy, within(1e-9));
        assertThat(curve(rows, 7).accuracy(k)).as(label).isEqualTo(accuracy, within(1e-9));
        assertThat(oracle.accuracy(k)).as(label).isGreaterThanOrEqualTo(accuracy - 1e-9);
      }
      assertThat(curve.accuracy(0)).as(label).isEqualTo(curve.weakAccuracy(), within(1e-9));
      assertThat(curve.accuracy(size)).as(label).isEqualTo(curve.strongAccuracy(), within(1e-9));
      assertThat(curve.apgr().isPresent())
          .as(label)
          .isEqualTo(curve.strongAccuracy() > curve.weakAccuracy());
    }
  }

  private static DeferralCurve curve(List<Scored> rows, double factor) {
    return DeferralCurve.of(
        rows.stream().map(Scored::outcome).toList(),
        rows.stream().mapToDouble(row -> row.score() * factor).toArray());
  }

  private record Scored(Outcome outcome, double score) {}
}
