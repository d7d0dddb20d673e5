package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The laws of a limiter with everything: vectors of limits, keys, priorities, tenants, leases. */
@Timeout(
    value = 600,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a wait without end is a loop
class VectorProperties {
  private static final int OPERATIONS = Integer.getInteger("powertools.model.operations", 200_000);
  private static final int PER_ROUND = 400;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  @Test
  void everyPlaceRespectsTheLawAndAtRestNothingIsOut() {
    long grants = 0;
    long refusals = 0;
    for (int round = 0; round < OPERATIONS / PER_ROUND; round++) {
      long seed = SEED + round;
      VectorModel model = new VectorModel(new Random(seed), "-Dpowertools.seed=" + seed);
      for (int i = 0; i < PER_ROUND; i++) {
        model.step();
      }
      model.rest();
      grants += model.grants();
      refusals += model.refusals();
    }
    // A model that only ever refuses, or never, proves nothing.
    assertThat(grants).as("seed " + SEED).isGreaterThan(OPERATIONS / 20);
    assertThat(refusals).as("seed " + SEED).isGreaterThan(OPERATIONS / 100);
  }
}
