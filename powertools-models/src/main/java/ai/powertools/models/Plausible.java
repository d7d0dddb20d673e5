package ai.powertools.models;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Tells a price from a slip of the decimal point: one per token that was meant per million, or the
 * other way round.
 */
final class Plausible {
  /**
   * Beyond these, in dollars per million tokens, a price was entered in another unit. In LiteLLM's,
   * models.dev's and genai-prices' maps of July and August 2026 the least true price of a token
   * above zero is 0.001 (cached input of a small model), the highest 600 (output of o1-pro). What
   * lies beyond are slips: image models priced by the step from 0.00013, and rows of one reseller a
   * hundred thousand times too high, up to 540,000.
   */
  private static final BigDecimal LEAST = new BigDecimal("0.001");

  private static final BigDecimal HIGHEST = new BigDecimal("10000");

  /**
   * Of what is not a token, per thousand, million or hour. In the same maps the least is 0.025 (a
   * million characters to embed), the highest 1,800 (an hour of video made); what lies far beyond
   * is off by a factor of a thousand or more.
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
