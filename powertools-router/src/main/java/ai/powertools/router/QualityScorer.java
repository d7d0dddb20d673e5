package ai.powertools.router;

import ai.powertools.router.quality.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * How likely a model of some ability is to answer well.
 *
 * <p>Where the predictor knows the kind of prompt, it says how a weak and a strong model would do;
 * another model lies on the line through both, on the scale of log odds. Where it does not, or the
 * caller says how hard the task is, the chance is that of item response theory with one parameter,
 * {@code 1 / (1 + exp(-(6 · (ability - complexity) + 1.5)))}: a model whose ability is equal to the
 * complexity is right in 82 of 100. Feedback moves either towards what was seen.
 */
final class QualityScorer {
  /** The abilities of the two models that the bundled predictor was trained on. */
  static final double WEAK = 0.2;

  static final double STRONG = 0.45;

  /** From here on a prompt is like those that the predictor was trained on. */
  static final double FAMILIAR = 0.5;

  /** An unfamiliar prompt is taken for at least so hard: nothing is downgraded on a guess. */
  static final double CAUTIOUS = 0.7;

  /** How many judgements the estimate is worth against feedback. */
  private static final double WORTH = 10;

  private static final double SLOPE = 6;
  private static final double OFFSET = 1.5;

  /** Chances are kept off 0 and 1, whose odds are infinite. */
  private static final double LEAST = 0.005;

  private QualityScorer() {}

  /**
   * A quality.
   *
   * @param complexity as the caller says, or estimated; used where the prediction is not
   * @param prediction null to go by the complexity alone
   */
  static Quality score(
      double ability, double complexity, @Nullable Odds prediction, Rating rating) {
    double chance =
        prediction == null
            ? logistic(SLOPE * (ability - complexity) + OFFSET)
            : prediction.chance(ability);
    double estimate = (WORTH * chance + rating.good()) / (WORTH + rating.good() + rating.bad());
    return new Quality(estimate, ability, rating.good(), rating.bad());
  }

  /**
   * A prediction on the scale of log odds, worked out once for all models.
   *
   * @param weak of the weak model
   * @param slope how much better the strong one is
   */
  record Odds(double weak, double slope) {
    static Odds of(Prediction prediction) {
      double weak = logOdds(prediction.weak());
      return new Odds(weak, logOdds(Math.max(prediction.strong(), prediction.weak())) - weak);
    }

    double chance(double ability) {
      double place = (ability - WEAK) / (STRONG - WEAK);
      // Beyond the strong model nothing was seen: it is not worse, and no better than the line.
      return logistic(weak + Math.max(-1, Math.min(2, place)) * slope);
    }
  }

  private static double logOdds(double chance) {
    double kept = Math.max(LEAST, Math.min(1 - LEAST, chance));
    return Math.log(kept / (1 - kept));
  }

  private static double logistic(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
