package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleSupplier;

/** Pearson's test for a uniform distribution, over 100 bins. */
final class ChiSquare {
  /**
   * For distributions, where one seed in a thousand would fail by chance: a fixed one does always
   * or never.
   */
  static final long FIXED_SEED = 20_150_304;

  /** The quantile of chi-square with 99 degrees of freedom at 0.999. */
  private static final double CRITICAL = 148.23;

  private static final int BINS = 100;
  private static final int DRAWS = 100_000;

  private ChiSquare() {}

  /** Draws numbers that are to be uniform between 0 and 1, both included. */
  static void assertUniform(String what, DoubleSupplier draw) {
    long[] counts = new long[BINS];
    for (int i = 0; i < DRAWS; i++) {
      double drawn = draw.getAsDouble();
      assertThat(drawn).as(what).isBetween(0.0, 1.0);
      counts[Math.min(BINS - 1, (int) (drawn * BINS))]++;
    }
    double expected = (double) DRAWS / BINS;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    System.out.printf("%s: chi-square %.2f over %d bins%n", what, chiSquare, BINS);
    assertThat(chiSquare).as(what).isLessThan(CRITICAL);
  }
}
