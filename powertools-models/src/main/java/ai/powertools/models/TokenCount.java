package ai.powertools.models;

/**
 * A number of tokens, and how well it is known.
 *
 * @param tokens the count, or the best estimate of it
 * @param exact whether the vendor's own tokenizer gives this very number
 * @param atMost a bound for reservations and budgets: never below {@code tokens}, and equal to it
 *     when exact
 */
public record TokenCount(long tokens, boolean exact, long atMost) {

  /**
   * Refuses counts that contradict themselves.
   *
   * @throws IllegalArgumentException if {@code tokens} is negative, {@code atMost} below it, or not
   *     equal to it in an exact count
   */
  public TokenCount {
    if (tokens < 0 || atMost < tokens || (exact && atMost != tokens)) {
      throw new IllegalArgumentException(
          "Not a token count: %d tokens, exact %b, at most %d.".formatted(tokens, exact, atMost));
    }
  }

  /** A count that is the vendor's own. */
  public static TokenCount exactly(long tokens) {
    return new TokenCount(tokens, true, tokens);
  }

  /** An estimate with its bound. */
  public static TokenCount about(long tokens, long atMost) {
    return new TokenCount(tokens, false, atMost);
  }

  /** Both together; exact when both are, and the bounds add up. */
  public TokenCount plus(TokenCount other) {
    return new TokenCount(
        Math.addExact(tokens, other.tokens),
        exact && other.exact,
        Math.addExact(atMost, other.atMost));
  }
}
