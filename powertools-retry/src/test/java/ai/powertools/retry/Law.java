package ai.powertools.retry;

import java.util.Random;

/** A law that is to hold for random input, of which the seed is printed. */
@FunctionalInterface
interface Law {
  /** The seed of this run; {@code -Dpowertools.seed=…} repeats another. */
  long SEED = Long.getLong("powertools.seed", System.nanoTime());

  /** Checks one case. */
  void check(Random random) throws Exception;

  /** Checks so many cases; the system property multiplies them for a long run. */
  static void holds(int cases, Law law) throws Exception {
    int times = Integer.getInteger("powertools.retry.times", 1);
    System.out.printf(
        "powertools.seed=%d, powertools.retry.times=%d: %d cases%n", SEED, times, cases * times);
    Random seeds = new Random(SEED); // neighbours as seeds would begin almost alike
    for (int number = 0; number < cases * times; number++) {
      try {
        law.check(new Random(seeds.nextLong()));
      } catch (Exception | AssertionError broken) {
        throw new AssertionError(
            "Case %d of powertools.seed=%d: %s".formatted(number, SEED, broken), broken);
      }
    }
  }
}
