package ai.powertools.router;

import ai.powertools.models.Model;
import ai.powertools.models.Score;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is in general, before anything is known of it here: 0 to 1, about one half for a
 * good model of the year 2026.
 *
 * <p>From published results where there are any. Each benchmark has its own scale; a straight line
 * brings it to a common one. The lines are a fit to the results of the bundled catalog (November
 * 2026, 88 models, 14 benchmarks; alternating least squares of {@code result = a + b · ability}
 * with a weak pull of each ability to the logarithm of the model's price). Without results, from
 * the price alone, whose logarithm correlates with that ability by 0.65 there; without either, a
 * modest guess. A judgement of one's own ({@link ChatModel#ability}) is worth more than all three.
 */
final class QualityPrior {
  /** What is thought of a model of which nothing is known, such as a small one of one's own. */
  static final double UNKNOWN = 0.3;

  /** Brings abilities, which are in standard deviations, to 0 to 1. */
  private static final double SLOPE = 1.2;

  /** {@code ability = 1.09 · log10($ per million tokens, three in for one out) - 0.28}. */
  private static final double PRICE_SLOPE = 1.09;

  private static final double PRICE_INTERCEPT = -0.28;

  private static final Map<String, Line> LINES =
      Map.ofEntries(
          Map.entry("Aider Polyglot", new Line(59.3, 33.3)),
          Map.entry("Artificial Analysis Coding Agent Index", new Line(48.3, 3.0)),
          Map.entry("Artificial Analysis Coding Index", new Line(26.3, 9.7)),
          Map.entry("SWE-Atlas Codebase QnA", new Line(22.4, 15.9)),
          Map.entry("SWE-Atlas Refactoring", new Line(26.5, 12.3)),
          Map.entry("SWE-Atlas Test Writing", new Line(30.5, 7.6)),
          Map.entry("SWE-Bench Pro", new Line(48.9, 7.4)),
          Map.entry("SWE-Bench Pro (hard-aa)", new Line(8.4, 11.4)),
          Map.entry("SWE-Bench Pro (public)", new Line(33.4, 17.0)),
          Map.entry("SWE-Bench Verified", new Line(75.9, 6.4)),
          Map.entry("SciCode", new Line(37.1, 7.3)),
          Map.entry("Terminal Bench 2.0", new Line(34.6, 3.0)),
          Map.entry("Terminal-Bench 2.1", new Line(62.6, 5.4)),
          Map.entry("Terminal-Bench Hard", new Line(21.6, 11.0)));

  private QualityPrior() {}

  /** The result of a model of average ability, and how much a standard deviation adds. */
  private record Line(double average, double deviation) {}

  /**
   * The ability of a model.
   *
   * @param sheet its prices; null when it has none
   */
  static double of(Model model, @Nullable PriceSheet sheet) {
    double sum = 0;
    int count = 0;
    for (Score score : model.traits().scores()) {
      Line line = LINES.get(score.benchmark());
      if (line != null) {
        sum += (score.value().doubleValue() - line.average()) / line.deviation();
        count++;
      }
    }
    // The price counts as half a result, so that one odd result does not decide.
    double byPrice = byPrice(sheet);
    if (count == 0) {
      return Double.isNaN(byPrice) ? UNKNOWN : scaled(byPrice);
    }
    double prior = Double.isNaN(byPrice) ? 0 : byPrice;
    return scaled((sum + 0.5 * prior) / (count + 0.5));
  }

  private static double byPrice(@Nullable PriceSheet sheet) {
    if (sheet == null || sheet.inputPerMillion(0) == null || sheet.outputPerMillion(0) == null) {
      return Double.NaN;
    }
    double dollars =
        (3 * sheet.inputPerMillion(0).approximately() + sheet.outputPerMillion(0).approximately())
            / 4;
    return dollars > 0 ? PRICE_SLOPE * Math.log10(dollars) + PRICE_INTERCEPT : Double.NaN;
  }

  private static double scaled(double ability) {
    return 1 / (1 + Math.exp(-SLOPE * ability));
  }
}
