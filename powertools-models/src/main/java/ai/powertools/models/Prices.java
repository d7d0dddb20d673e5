package ai.powertools.models;

import java.util.Optional;

/**
 * What a model charges, in dollars per million tokens.
 *
 * @param inputPerMillion for input that is not read from or written to a cache
 * @param cachedInputPerMillion for input read from the vendor's cache; the input rate when empty
 * @param cacheWritePerMillion for input written to it (where lifetimes differ, the five-minute
 *     one); the input rate when empty
 * @param outputPerMillion for output, reasoning included
 * @param longContext other rates for calls with a long input; empty when there are none
 */
public record Prices(
    Usd inputPerMillion,
    Optional<Usd> cachedInputPerMillion,
    Optional<Usd> cacheWritePerMillion,
    Usd outputPerMillion,
    Optional<LongContext> longContext) {

  /** Nothing is charged, and that is known: local and built-in models. */
  public static final Prices FREE = of(Usd.ZERO, Usd.ZERO);

  /**
   * Refuses negative rates.
   *
   * @throws IllegalArgumentException if a rate is negative
   */
  public Prices {
    refuseNegative("input", inputPerMillion);
    cachedInputPerMillion.ifPresent(rate -> refuseNegative("cached input", rate));
    cacheWritePerMillion.ifPresent(rate -> refuseNegative("cache write", rate));
    refuseNegative("output", outputPerMillion);
  }

  /** Prices that do not depend on the length of the input. */
  public Prices(
      Usd inputPerMillion,
      Optional<Usd> cachedInputPerMillion,
      Optional<Usd> cacheWritePerMillion,
      Usd outputPerMillion) {
    this(
        inputPerMillion,
        cachedInputPerMillion,
        cacheWritePerMillion,
        outputPerMillion,
        Optional.empty());
  }

  /** Input and output only; cached input and cache writes are charged as input. */
  public static Prices of(Usd inputPerMillion, Usd outputPerMillion) {
    return new Prices(inputPerMillion, Optional.empty(), Optional.empty(), outputPerMillion);
  }

  /** The rates for the whole of a call with this much input, cached tokens included. */
  public Prices at(long inputTokens) {
    return longContext
        .filter(tier -> inputTokens > tier.aboveInputTokens())
        .map(LongContext::prices)
        .orElse(this);
  }

  /** What input read from a cache really costs. */
  Usd cachedInputRate() {
    return cachedInputPerMillion.orElse(inputPerMillion);
  }

  /** What input written to a cache really costs. */
  Usd cacheWriteRate() {
    return cacheWritePerMillion.orElse(inputPerMillion);
  }

  /** The most that a token of input can cost, whatever becomes of it. */
  Usd dearestInputRate() {
    return max(inputPerMillion, max(cachedInputRate(), cacheWriteRate()));
  }

  static Usd max(Usd a, Usd b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static void refuseNegative(String what, Usd rate) {
    if (rate.isNegative()) {
      throw new IllegalArgumentException(
          "The " + what + " rate is negative: " + rate.format() + " per million tokens.");
    }
  }

  /**
   * The rates that replace the others, for all tokens of the call, when its input is longer than a
   * threshold.
   *
   * @param aboveInputTokens the longest input, cached tokens included, that is still charged at the
   *     ordinary rates
   * @param prices the rates for longer ones; with no such tier of their own
   */
  public record LongContext(long aboveInputTokens, Prices prices) {
    /**
     * Refuses what is not a second tier.
     *
     * @throws IllegalArgumentException if the threshold is below 1 or the rates have a tier in turn
     */
    public LongContext {
      if (aboveInputTokens < 1) {
        throw new IllegalArgumentException(
            "A long context begins above at least 1 token, not " + aboveInputTokens + ".");
      }
      if (prices.longContext().isPresent()) {
        throw new IllegalArgumentException("A long-context tier cannot have one of its own.");
      }
    }
  }
}
