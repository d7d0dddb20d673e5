package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every percentile is within 2.5 % of the truth, from a microsecond to a day. */
class LatenciesProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 2_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final double ACCURACY = 0.025 + 1e-9;

  private static Latencies of(long... micros) {
    Map<Integer, Long> counts = new HashMap<>();
    for (long one : micros) {
      counts.merge(Latencies.bucket(Duration.ofNanos(one * 1_000)), 1L, Long::sum);
    }
    return Latencies.of(counts);
  }

  @Test
  void aPercentileIsCloseToTheOneOfTheSortedTimes() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      long[] micros = new long[1 + random.nextInt(60)];
      for (int j = 0; j < micros.length; j++) {
        micros[j] = Math.round(Math.pow(10, random.nextDouble() * 10.9));
      }
      Latencies latencies = of(micros);
      Arrays.sort(micros);
      double share = random.nextInt(10) == 0 ? random.nextInt(2) : random.nextDouble();
      int rank = Math.max(1, (int) Math.ceil(share * micros.length));
      double truth = micros[rank - 1];

      assertThat(latencies.percentile(share).orElseThrow().toNanos() / 1e3)
          .as("-Dpowertools.seed=%d: %f of %s", seed, share, Arrays.toString(micros))
          .isCloseTo(truth, within(truth * ACCURACY + 0.001));
      assertThat(latencies.count()).isEqualTo(micros.length);
    }
  }

  @Test
  void twoTogetherAreAsIfTheyHadBeenOne() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      long[] all = random.longs(random.nextInt(20), 1, 1_000_000_000).toArray();
      int half = all.length / 2;
      Latencies both =
          of(Arrays.copyOf(all, half)).plus(of(Arrays.copyOfRange(all, half, all.length)));

      assertThat(both).as("-Dpowertools.seed=%d", seed).isEqualTo(of(all));
      assertThat(both).hasSameHashCodeAs(of(all));
    }
  }

  @Test
  void nothingThatWasTimedHasNoPercentile() {
    assertThat(Latencies.NONE.percentile(0.5)).isEmpty();
    assertThat(Latencies.of(Map.of(7, 0L))).isEqualTo(Latencies.NONE);
    assertThat(Latencies.NONE).hasToString("0 calls");
    assertThat(of(1_000_000))
        .isNotEqualTo(Latencies.NONE)
        .hasToString("1 call, the median 1018 ms");
  }

  @Test
  void whatTookNoTimeIsAMicrosecond() {
    assertThat(of(0).percentile(1).orElseThrow()).isLessThan(Duration.ofNanos(1_026));
    assertThat(of(0)).isEqualTo(of(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aShareIsFromZeroToOne(double share) {
    assertThatThrownBy(() -> of(1).percentile(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A share is from 0 to 1, not " + share);
  }
}
