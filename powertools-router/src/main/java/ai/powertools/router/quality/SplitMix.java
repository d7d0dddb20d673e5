package ai.powertools.router.quality;

/**
 * Numbers that look random and are the same on every machine and Java: SplitMix64, from Steele, Lea
 * and Flood 2014, "Fast splittable pseudorandom number generators". Not thread-safe.
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  /** 64 bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** A number from 0 to below the bound. */
  int below(int bound) {
    return (int) ((next() >>> 33) % bound);
  }

  /** A number from 0 to below 1, one of 2^53. */
  double share() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** The numbers from 0 to below a size, in a random order (Fisher and Yates). */
  int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Its bits well stirred: nearby numbers become far ones. */
  static long mixed(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
