package ai.powertools.ratelimit.simulation;

/**
 * Tokens of a call: in all, or those of the question and those of the answer.
 *
 * @param input of the question; zero where only the sum is known
 * @param output of the answer; zero where only the sum is known
 * @param total of both
 */
public record TokenCount(long input, long output, long total) {
  /** No tokens. */
  public static final TokenCount NONE = new TokenCount(0, 0, 0);

  /**
   * Refuses what can't be counted.
   *
   * @throws IllegalArgumentException if a number is negative, or the parts are known and the total
   *     is not their sum
   */
  public TokenCount {
    if (input < 0 || output < 0 || total < 0) {
      throw new IllegalArgumentException(
          "Tokens are zero or more, not %d, %d and %d.".formatted(input, output, total));
    }
    if (input + output != 0 && input + output != total) {
      throw new IllegalArgumentException(
          "%d and %d tokens are not %d in all.".formatted(input, output, total));
    }
  }

  /** So many in all. */
  public static TokenCount of(long total) {
    return new TokenCount(0, 0, total);
  }

  /** So many of the question and of the answer. */
  public static TokenCount of(long input, long output) {
    return new TokenCount(input, output, input + output);
  }

  /** Whether it is known how many are of the question. */
  public boolean split() {
    return input + output > 0;
  }
}
