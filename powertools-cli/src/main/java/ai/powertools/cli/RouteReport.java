package ai.powertools.cli;

import ai.powertools.router.quality.DeferralCurve;
import ai.powertools.router.quality.Outcome;
import ai.powertools.router.quality.QualityEvaluation;
import java.util.List;
import java.util.Optional;

/**
 * How good the predictions for a file's rows are.
 *
 * @param file as it was named
 * @param kind how the rows were predicted: {@code model}, {@code training}, {@code
 *     cross-validation}
 * @param method the same for people
 * @param evaluation row by row
 * @param subjectsLeftOut by models that have seen no row of the same subject; empty where that was
 *     not asked for
 * @param prices what the models charge
 */
record RouteReport(
    String file,
    String kind,
    String method,
    QualityEvaluation evaluation,
    Optional<QualityEvaluation> subjectsLeftOut,
    RoutePrices prices) {

  /** The share of the strong model's accuracy at which costs are compared. */
  static final double QUALITY = 0.95;

  /** The number of rows. */
  int rows() {
    return evaluation.sets().values().stream().mapToInt(DeferralCurve::rows).sum();
  }

  /** The fewest calls to the strong model, of all, that keep {@link #QUALITY} in a set. */
  int strongCalls(String set) {
    DeferralCurve curve = evaluation.curve(set);
    return curve.callsForAccuracy(QUALITY * curve.strongAccuracy());
  }

  /** What that costs, as a share of sending all of the set to the strong model. */
  double costShare(String set) {
    DeferralCurve curve = evaluation.curve(set);
    List<Outcome> rows = evaluation.outcomes(set);
    double[] weak = rows.stream().mapToDouble(row -> prices.weakCost(row.prompt())).toArray();
    double[] strong = rows.stream().mapToDouble(row -> prices.strongCost(row.prompt())).toArray();
    double[] weakSums = curve.sums(weak);
    double[] strongSums = curve.sums(strong);
    int calls = strongCalls(set);
    return (strongSums[calls] + weakSums[curve.rows()] - weakSums[calls])
        / strongSums[curve.rows()];
  }
}
