package ai.powertools.router;

/**
 * Chance that can be repeated: numbers that depend on a seed and a name only. The mixing is that of
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
 */
final class Chance {
  private static final double UNIT = 0x1.0p-53;

  private Chance() {}

  /** A number above 0 and below 1. */
  static double uniform(long seed, String name) {
    return ((mix(seed ^ hash(name)) >>> 11) + 0.5) * UNIT;
  }

  /** A hash of a text that is the same on every machine. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
