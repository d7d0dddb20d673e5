package ai.powertools.cli;

import ai.powertools.cost.Attributes;
import ai.powertools.cost.Breakdown;
import ai.powertools.cost.BudgetLine;
import ai.powertools.cost.MonthChange;
import ai.powertools.cost.MonthlyReport;
import ai.powertools.cost.TrendPoint;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The report of a month as one JSON object. Amounts are decimal strings; unknown ones are null. */
final class MonthReportJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final List<String> ATTRIBUTES =
      List.of(
          Attributes.MODEL,
          Attributes.PROVIDER,
          Attributes.TASK,
          Attributes.USER,
          Attributes.TEAM,
          Attributes.PROJECT);

  private MonthReportJson() {}

  static String of(MonthlyReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("month", report.month().toString())
        .put("zone", report.zone().getId())
        .put("as_of", report.asOf().toString())
        .put("complete", report.isComplete());
    TotalsField.json(report.totals(), json.putObject("totals"));
    json.put("cost_per_call_usd", report.costPerCall().map(Usd::toString).orElse(null))
        .put("cost_per_success_usd", report.costPerSuccess().map(Usd::toString).orElse(null));
    report
        .change()
        .ifPresentOrElse(
            change -> change(json.putObject("change"), change), () -> json.putNull("change"));
    ObjectNode by = json.putObject("by");
    for (String attribute : ATTRIBUTES) {
      ArrayNode values = by.putArray(attribute);
      for (Breakdown one : report.by(attribute)) {
        ObjectNode row = values.addObject().put("value", one.value());
        TotalsField.json(one.totals(), row.putObject("totals"));
      }
    }
    ArrayNode days = json.putArray("days");
    for (TrendPoint one : report.daily()) {
      ObjectNode row = days.addObject().put("day", one.start().toString());
      TotalsField.json(one.totals(), row.putObject("totals"));
    }
    ArrayNode budgets = json.putArray("budgets");
    report.budgets().forEach(line -> budget(budgets.addObject(), line));
    json.put("forecast", report.forecast().orElse(null));
    return json + "\n";
  }

  private static void change(ObjectNode json, MonthChange change) {
    json.put("before", change.before().toString());
    if (change.days().isPresent()) {
      json.put("first_days", change.days().getAsInt());
    } else {
      json.putNull("first_days");
    }
    json.put("cost_usd", change.cost().toString())
        .put("cost_before_usd", change.costBefore().toString())
        .put("difference_usd", change.difference().toString());
  }

  private static void budget(ObjectNode json, BudgetLine line) {
    json.put("label", line.label())
        .put("limit_usd", line.limit().toString())
        .put("spent_usd", line.spent().toString())
        .put("left_usd", line.left().toString());
  }
}
