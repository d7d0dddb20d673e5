package ai.powertools.models;

/**
 * The tokens that a call used, each counted once.
 *
 * <p>The totals include their parts, as OpenAI and Gemini report them: cached tokens and cache
 * writes are part of the input, reasoning is part of the output. Where a vendor reports the parts
 * beside the total (Anthropic's cached input, Gemini's thoughts), whoever reads the response adds
 * them.
 *
 * @param inputTokens all tokens sent, cached or not
 * @param cachedInputTokens those of them that were read from the vendor's prompt cache
 * @param cacheWriteTokens those of them that were written to it, and charged as such
 * @param outputTokens all tokens generated, seen or not
 * @param reasoningTokens those of them that were thoughts
 */
public record Usage(
    long inputTokens,
    long cachedInputTokens,
    long cacheWriteTokens,
    long outputTokens,
    long reasoningTokens) {

  /** No tokens at all: what a call used that was never sent. */
  public static final Usage ZERO = new Usage(0, 0, 0, 0, 0);

  /**
   * Refuses what no call can have used.
   *
   * @throws IllegalArgumentException if a number is negative or a part is larger than its whole
   */
  public Usage {
    if (inputTokens < 0
        || cachedInputTokens < 0
        || cacheWriteTokens < 0
        || outputTokens < 0
        || reasoningTokens < 0) {
      throw new IllegalArgumentException(
          "Tokens must not be negative: "
              + numbers(
                  inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens));
    }
    if (cachedInputTokens > inputTokens - cacheWriteTokens || reasoningTokens > outputTokens) {
      throw new IllegalArgumentException(
          "A part is larger than its whole: "
              + numbers(
                  inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens)
              + ". Input must include its cached and cache-write tokens, output its reasoning.");
    }
  }

  /** Plain input and output: nothing cached, no reasoning. */
  public static Usage of(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, 0, 0, outputTokens, 0);
  }

  /**
   * Both together, as for the attempts of one call.
   *
   * @throws ArithmeticException if a sum is beyond a {@code long}
   */
  public Usage plus(Usage other) {
    return new Usage(
        Math.addExact(inputTokens, other.inputTokens),
        Math.addExact(cachedInputTokens, other.cachedInputTokens),
        Math.addExact(cacheWriteTokens, other.cacheWriteTokens),
        Math.addExact(outputTokens, other.outputTokens),
        Math.addExact(reasoningTokens, other.reasoningTokens));
  }

  /**
   * Input and output together; the parts are in them already.
   *
   * @throws ArithmeticException if the sum is beyond a {@code long}
   */
  public long totalTokens() {
    return Math.addExact(inputTokens, outputTokens);
  }

  private static String numbers(
      long input, long cached, long cacheWrite, long output, long reasoning) {
    return "input %d (cached %d, cache writes %d), output %d (reasoning %d)"
        .formatted(input, cached, cacheWrite, output, reasoning);
  }
}
