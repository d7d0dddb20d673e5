package ai.powertools.testing;

/**
 * The tokens that a simulated answer claims to have used, counted the same way for every vendor;
 * each dialect writes them as its vendor does.
 *
 * @param prompt all of the input, with what came from a cache and what was written to one
 * @param cached the part of {@code prompt} that was read from a cache
 * @param cacheWrite the part of {@code prompt} that was written to a cache
 * @param completion all of the output, reasoning too
 * @param reasoning the part of {@code completion} that was reasoning
 */
public record SimulatedUsage(
    int prompt, int cached, int cacheWrite, int completion, int reasoning) {
  /**
   * Refuses what can't be.
   *
   * @throws IllegalArgumentException if a count is negative, or a part is more than its whole
   */
  public SimulatedUsage {
    if (prompt < 0 || completion < 0) {
      throw new IllegalArgumentException(
          "Token counts can't be negative: " + prompt + " and " + completion + ".");
    }
    if (cached < 0 || cacheWrite < 0 || prompt - cached < cacheWrite) {
      throw new IllegalArgumentException(
          "Of %d prompt tokens, %d can't be cached and %d written to the cache."
              .formatted(prompt, cached, cacheWrite));
    }
    if (reasoning < 0 || reasoning > completion) {
      throw new IllegalArgumentException(
          "Of %d completion tokens, %d can't be reasoning.".formatted(completion, reasoning));
    }
  }

  /**
   * Usage without a cache and without reasoning.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public static SimulatedUsage of(int prompt, int completion) {
    return new SimulatedUsage(prompt, 0, 0, completion, 0);
  }

  int uncached() {
    return prompt - cached - cacheWrite;
  }

  int said() {
    return completion - reasoning;
  }

  int total() {
    return prompt + completion;
  }
}
