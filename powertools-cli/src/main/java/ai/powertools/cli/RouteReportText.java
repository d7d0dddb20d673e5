package ai.powertools.cli;

import ai.powertools.router.quality.DeferralCurve;
import ai.powertools.router.quality.QualityEvaluation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** How good predictions are, for people. */
final class RouteReportText {
  private RouteReportText() {}

  static String of(RouteReport report, boolean bySubject) {
    StringBuilder text = new StringBuilder();
    text.append("file    %s, %s rows\n".formatted(report.file(), number(report.rows())));
    text.append("by      ").append(report.method()).append("\n\n");
    text.append(sets(report.evaluation()));
    report
        .subjectsLeftOut()
        .ifPresent(
            evaluation ->
                text.append("\nwhole subjects left out: each row by a model that has seen none of")
                    .append(" its subject\n\n")
                    .append(sets(evaluation)));
    if (bySubject) {
      text.append('\n').append(subjects(report.evaluation()));
    }
    return text.append('\n').append(costs(report)).toString();
  }

  private static String sets(QualityEvaluation evaluation) {
    Table table =
        new Table(
            Set.of(1, 2, 3, 5, 6, 7),
            "set",
            "rows",
            "weak right",
            "strong right",
            "order",
            "APGR",
            "CPT50",
            "CPT80");
    evaluation
        .sets()
        .forEach(
            (set, curve) -> {
              table.row(
                  set,
                  number(curve.rows()),
                  percent(curve.weakAccuracy()),
                  percent(curve.strongAccuracy()),
                  "predicted",
                  area(curve.apgr()),
                  calls(curve, 0.5),
                  calls(curve, 0.8));
              table.row("", "", "", "", "random", "0.500", "50.0%", "80.0%");
              DeferralCurve oracle = DeferralCurve.oracle(evaluation.outcomes(set));
              table.row(
                  "",
                  "",
                  "",
                  "",
                  "oracle",
                  area(oracle.apgr()),
                  calls(oracle, 0.5),
                  calls(oracle, 0.8));
            });
    return table.toString();
  }

  private static String subjects(QualityEvaluation evaluation) {
    Table table =
        new Table(
            Set.of(2, 3, 4, 5, 6, 7),
            "set",
            "subject",
            "rows",
            "weak right",
            "strong right",
            "APGR",
            "CPT50",
            "CPT80");
    for (String set : evaluation.sets().keySet()) {
      List<Map.Entry<String, DeferralCurve>> subjects =
          evaluation.subjects(set).entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
      for (Map.Entry<String, DeferralCurve> subject : subjects) {
        DeferralCurve curve = subject.getValue();
        table.row(
            set,
            subject.getKey(),
            number(curve.rows()),
            percent(curve.weakAccuracy()),
            percent(curve.strongAccuracy()),
            area(curve.apgr()),
            calls(curve, 0.5),
            calls(curve, 0.8));
      }
    }
    return table.toString();
  }

  private static String costs(RouteReport report) {
    Table table = new Table(Set.of(1, 2), "set", "to the strong model", "cost");
    for (String set : report.evaluation().sets().keySet()) {
      int rows = report.evaluation().curve(set).rows();
      table.row(
          set, percent((double) report.strongCalls(set) / rows), percent(report.costShare(set)));
    }
    return "what %.0f%% of the strong model's accuracy costs, of sending it all, with %s and %s\n"
            .formatted(
                100 * RouteReport.QUALITY,
                report.prices().weak().qualifiedId(),
                report.prices().strong().qualifiedId())
        + "and answers of %d tokens from both\n\n".formatted(RoutePrices.OUTPUT_TOKENS)
        + table;
  }

  private static String number(long count) {
    return ModelText.number(count);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String area(OptionalDouble apgr) {
    return apgr.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", apgr.getAsDouble());
  }

  private static String calls(DeferralCurve curve, double share) {
    OptionalDouble calls = curve.callsToRecover(share);
    return calls.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f%%", calls.getAsDouble());
  }
}
