package ai.powertools.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Values of about a kilobyte with their key, of which no two are alike. */
final class Letters {
  /** How long one is. */
  static final int LENGTH = 980;

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int BITS = 6;
  private static final int IN_A_LONG = Long.SIZE / BITS;

  private Letters() {}

  /** Another one. */
  static String random(RandomGenerator random) {
    byte[] letters = new byte[LENGTH];
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      bits = i % IN_A_LONG == 0 ? random.nextLong() : bits >>> BITS;
      letters[i] = ALPHABET[(int) (bits & (ALPHABET.length - 1))];
    }
    return new String(letters, StandardCharsets.US_ASCII);
  }
}
