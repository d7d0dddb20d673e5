package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  @Test
  void endsAtTheFirstRoundStepThatIsNotBelow() {
    assertThat(labels("42.71")).containsExactly("0", "10", "20", "30", "40", "50");
    assertThat(labels("10")).containsExactly("0", "2", "4", "6", "8", "10");
    assertThat(labels("10.05")).containsExactly("0", "5", "10", "15");
    assertThat(labels("0.00037")).containsExactly("0", "0.0001", "0.0002", "0.0003", "0.0004");
    assertThat(labels("0")).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
  }

  @Test
  void hasThreeToFiveStepsWhateverTheLargest() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      BigDecimal largest =
          BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(20) - 6);
      List<BigDecimal> ticks = new Axis(largest).ticks();
      String label = "-Dpowertools.seed=%d: %s".formatted(SEED, largest);
      assertThat(ticks.size()).as(label).isBetween(4, 6);
      assertThat(ticks.get(ticks.size() - 1)).as(label).isGreaterThanOrEqualTo(largest);
      assertThat(ticks.get(ticks.size() - 2)).as(label).isLessThan(largest);
    }
  }

  @Test
  void keepsWhatIsDrawnWithin() {
    Axis axis = new Axis(BigDecimal.TEN);
    assertThat(axis.along(5)).isEqualTo(0.5);
    assertThat(axis.along(-1)).isEqualTo(0);
    assertThat(axis.along(11)).isEqualTo(1);
  }

  private static List<String> labels(String largest) {
    return new Axis(new BigDecimal(largest))
        .ticks().stream().map(tick -> tick.stripTrailingZeros().toPlainString()).toList();
  }
}
