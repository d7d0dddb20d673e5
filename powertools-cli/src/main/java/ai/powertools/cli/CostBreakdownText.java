package ai.powertools.cli;

import ai.powertools.cost.Totals;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A breakdown for people, and for programs with every digit. */
final class CostBreakdownText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String NONE = "-";
  private static final List<String> NUMBERS =
      List.of("cost", "share", "calls", "attempts", "failed", "input", "output", "p95");

  /** What spreadsheets take for the start of a formula (OWASP, CSV Injection), and the mark. */
  private static final Pattern FORMULA = Pattern.compile("^([=+@\\t\\r＝＋－＠'-])");

  private CostBreakdownText() {}

  /** A table with the sum below. */
  static String table(CostBreakdown costs) {
    int keys = costs.keys().size();
    Set<Integer> right = new HashSet<>();
    List<String> headings = new ArrayList<>(costs.keys());
    for (String number : NUMBERS) {
      right.add(headings.size());
      headings.add(number);
    }
    Table table = new Table(right, headings.toArray(String[]::new));
    for (CostBreakdown.Row row : costs.rows()) {
      List<String> names =
          row.values().stream()
              .map(value -> value.isEmpty() ? "(none)" : Printable.line(value))
              .toList();
      table.row(cells(names, row.totals(), costs.totals()));
    }
    List<String> sum = new ArrayList<>(List.of("total"));
    while (sum.size() < keys) {
      sum.add("");
    }
    table.row(cells(sum, costs.totals(), costs.totals()));
    return table + unknown(costs.totals());
  }

  private static String[] cells(List<String> names, Totals totals, Totals all) {
    List<String> cells = new ArrayList<>(names);
    cells.add(Printable.dollars(totals.cost()));
    cells.add(share(totals.cost(), all.cost()));
    cells.add(ModelText.number(totals.calls()));
    cells.add(ModelText.number(totals.attempts()));
    cells.add(ModelText.number(totals.failed()));
    cells.add(ModelText.number(totals.usage().inputTokens()));
    cells.add(ModelText.number(totals.usage().outputTokens()));
    cells.add(totals.latencies().percentile(0.95).map(CostBreakdownText::took).orElse(NONE));
    return cells.toArray(String[]::new);
  }

  private static String unknown(Totals totals) {
    if (totals.unknown() == 0) {
      return "";
    }
    return "\nNot in it: %s of unknown cost, %s.\n"
        .formatted(
            totals.unknown() == 1 ? "1 attempt" : ModelText.number(totals.unknown()) + " attempts",
            totals
                .unknownAtMost()
                .map(most -> "at most " + Printable.dollars(most))
                .orElse("and nobody can tell how much"));
  }

  private static String share(Usd part, Usd whole) {
    return whole.isZero()
        ? NONE
        : part.toBigDecimal()
                .multiply(BigDecimal.valueOf(100))
                .divide(whole.toBigDecimal(), 1, RoundingMode.HALF_UP)
            + " %";
  }

  private static String took(Duration latency) {
    long millis = latency.toMillis();
    return millis < 1_000
        ? millis + " ms"
        : BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.HALF_UP) + " s";
  }

  /**
   * Comma-separated values (RFC 4180). A value that a spreadsheet would take for a formula has a
   * {@code '} put before it, and so has one that begins with it.
   */
  static String csv(CostBreakdown costs) {
    StringBuilder text = new StringBuilder();
    List<String> headings = new ArrayList<>(costs.keys());
    TotalsField.ALL.forEach(field -> headings.add(field.name()));
    text.append(String.join(",", headings)).append("\r\n");
    for (CostBreakdown.Row row : costs.rows()) {
      List<String> cells = new ArrayList<>();
      row.values().forEach(value -> cells.add(quoted(value)));
      TotalsField.ALL.forEach(field -> cells.add(field.reading().apply(row.totals()).orElse("")));
      text.append(String.join(",", cells)).append("\r\n");
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return '"' + FORMULA.matcher(value).replaceAll("'$1").replace("\"", "\"\"") + '"';
  }

  /** One object. */
  static String json(CostBreakdown costs) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("first", costs.first().toString()).put("last", costs.last().toString());
    ObjectNode where = json.putObject("where");
    costs.where().forEach(where::put);
    ArrayNode by = json.putArray("by");
    costs.keys().forEach(by::add);
    ArrayNode rows = json.putArray("rows");
    for (CostBreakdown.Row row : costs.rows()) {
      ObjectNode one = rows.addObject();
      ObjectNode values = one.putObject("values");
      for (int i = 0; i < row.values().size(); i++) {
        values.put(costs.keys().get(i), row.values().get(i));
      }
      TotalsField.json(row.totals(), one.putObject("totals"));
    }
    TotalsField.json(costs.totals(), json.putObject("totals"));
    return json + "\n";
  }
}
