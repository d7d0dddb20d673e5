package ai.powertools.cli;

import ai.powertools.router.quality.DeferralCurve;
import ai.powertools.router.quality.QualityEvaluation;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How good predictions are, as one JSON object. What is not defined is null. */
final class RouteReportJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int SHARE_DIGITS = 4;
  private static final int PERCENT_DIGITS = 2;

  private RouteReportJson() {}

  static String of(RouteReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("file", report.file())
        .put("rows", report.rows())
        .put("kind", report.kind())
        .put("method", report.method());
    ObjectNode sets = sets(report.evaluation(), json.putObject("sets"));
    report
        .subjectsLeftOut()
        .ifPresent(evaluation -> sets(evaluation, json.putObject("subjectsLeftOut")));
    ObjectNode cost = json.putObject("cost");
    cost.put("weak", report.prices().weak().qualifiedId())
        .put("strong", report.prices().strong().qualifiedId())
        .put("outputTokens", RoutePrices.OUTPUT_TOKENS)
        .put("quality", RouteReport.QUALITY);
    ObjectNode ofSets = cost.putObject("sets");
    sets.fieldNames()
        .forEachRemaining(
            set ->
                ofSets
                    .putObject(set)
                    .put(
                        "strongCalls",
                        rounded(
                            OptionalDouble.of(
                                100.0
                                    * report.strongCalls(set)
                                    / report.evaluation().curve(set).rows()),
                            PERCENT_DIGITS))
                    .put("share", rounded(OptionalDouble.of(report.costShare(set)), SHARE_DIGITS)));
    return json + "\n";
  }

  private static ObjectNode sets(QualityEvaluation evaluation, ObjectNode to) {
    evaluation
        .sets()
        .forEach(
            (set, curve) -> {
              ObjectNode node = curve(curve, to.putObject(set));
              node.putObject("random").put("apgr", 0.5).put("cpt50", 50.0).put("cpt80", 80.0);
              measures(DeferralCurve.oracle(evaluation.outcomes(set)), node.putObject("oracle"));
              ObjectNode subjects = node.putObject("subjects");
              evaluation
                  .subjects(set)
                  .forEach((subject, of) -> curve(of, subjects.putObject(subject)));
            });
    return to;
  }

  private static ObjectNode curve(DeferralCurve curve, ObjectNode to) {
    to.put("rows", curve.rows())
        .put("weakRight", rounded(OptionalDouble.of(curve.weakAccuracy()), SHARE_DIGITS))
        .put("strongRight", rounded(OptionalDouble.of(curve.strongAccuracy()), SHARE_DIGITS));
    return measures(curve, to);
  }

  private static ObjectNode measures(DeferralCurve curve, ObjectNode to) {
    return to.put("apgr", rounded(curve.apgr(), SHARE_DIGITS))
        .put("cpt50", rounded(curve.callsToRecover(0.5), PERCENT_DIGITS))
        .put("cpt80", rounded(curve.callsToRecover(0.8), PERCENT_DIGITS));
  }

  private static @Nullable BigDecimal rounded(OptionalDouble number, int digits) {
    return number.isEmpty()
        ? null
        : BigDecimal.valueOf(number.getAsDouble()).setScale(digits, RoundingMode.HALF_UP);
  }
}
