package ai.powertools.models;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Tells a price from a slip of the decimal point: one per token that was meant per million, or the
 * other way round.
 */
final class Plausible {
  /**
   * Beyond these, in dollars per million tokens, a price was entered per token or per thousand. Of
   * the thousands of rows of LiteLLM's, models.dev's and genai-prices' maps of July and August 2026
   * the least price of a token above zero is 0.001 (embeddings), the highest 600 (o1-pro, output).
   */
  private static final BigDecimal LEAST = new BigDecimal("0.001");

  private static final BigDecimal HIGHEST = new BigDecimal("10000");

  /**
   * Of what is not a token, per thousand or per hour: from a cent per million to a hundred each.
   */
  private static final BigDecimal LEAST_OTHER = new BigDecimal("0.00001");

  private static final BigDecimal HIGHEST_OTHER = new BigDecimal("100000");

  private Plausible() {}

  /** Why this can't be the price of {@link Unit#per()} of a unit; empty when it can. */
  static Optional<String> objection(Unit unit, BigDecimal price) {
    BigDecimal least = unit.isTokens() ? LEAST : LEAST_OTHER;
    BigDecimal highest = unit.isTokens() ? HIGHEST : HIGHEST_OTHER;
    String of = unit.isTokens() ? "per million tokens" : "per " + unit.per() + " " + unit.key();
    if (price.signum() < 0) {
      return Optional.of("is below zero");
    }
    if (price.signum() != 0 && price.compareTo(least) < 0) {
      return Optional.of(
          "is absurdly small for a price %s (was it meant per token, and so %s per million?): must be 0 or at least %s"
              .formatted(of, Usd.of(price.movePointRight(6)).format(), least.toPlainString()));
    }
    if (price.compareTo(highest) > 0) {
      return Optional.of(
          "is absurdly high for a price %s: must be at most %s".formatted(of, highest));
    }
    return Optional.empty();
  }
}
