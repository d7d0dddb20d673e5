package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report as comma-separated values after RFC 4180, all amounts exact. */
final class ReportCsv {
  private static final List<String> COLUMNS =
      List.of(
          "section",
          "key",
          "calls",
          "attempts",
          "succeeded",
          "failed",
          "cancelled",
          "lost",
          "truncated",
          "unused",
          "estimated",
          "unknown",
          "cost_usd",
          "unknown_at_most_usd",
          "input_tokens",
          "cached_input_tokens",
          "output_tokens",
          "cache_savings_usd",
          "waste_retried_usd",
          "waste_failed_usd",
          "waste_cancelled_usd",
          "waste_truncated_usd",
          "waste_unused_usd",
          "p50_ms",
          "p95_ms",
          "limit_usd");

  private static final int COST = COLUMNS.indexOf("cost_usd");
  private static final int LIMIT = COLUMNS.indexOf("limit_usd");

  private final MonthlyReport report;
  private final StringBuilder text = new StringBuilder();

  ReportCsv(MonthlyReport report) {
    this.report = report;
  }

  @Override
  public String toString() {
    text.setLength(0);
    line(COLUMNS);
    row("total", report.month().toString(), report.totals());
    for (ReportSection section : ReportSection.of(report)) {
      section.all().forEach(one -> row(section.attribute(), one.value(), one.totals()));
    }
    report.daily().forEach(day -> row("day", day.start().toString(), day.totals()));
    report.budgets().forEach(this::budget);
    return text.toString();
  }

  private void row(String section, String key, Totals totals) {
    List<String> cells = new ArrayList<>(List.of(section, CsvCell.of(key)));
    numbers(
        cells,
        totals.calls(),
        totals.attempts(),
        totals.succeeded(),
        totals.failed(),
        totals.cancelled(),
        totals.lost(),
        totals.truncated(),
        totals.unused(),
        totals.estimated(),
        totals.unknown());
    cells.add(totals.cost().toString());
    cells.add(totals.unknownAtMost().map(Usd::toString).orElse(""));
    numbers(
        cells,
        totals.usage().inputTokens(),
        totals.usage().cachedInputTokens(),
        totals.usage().outputTokens());
    Waste waste = totals.waste();
    cells.add(totals.cacheSavings().toString());
    cells.add(waste.retried().toString());
    cells.add(waste.failed().toString());
    cells.add(waste.cancelled().toString());
    cells.add(waste.truncated().toString());
    cells.add(waste.unused().toString());
    cells.add(millis(totals.latencies().percentile(0.5)));
    cells.add(millis(totals.latencies().percentile(0.95)));
    cells.add("");
    line(cells);
  }

  private void budget(BudgetLine budget) {
    List<String> cells = new ArrayList<>(COLUMNS.stream().map(none -> "").toList());
    cells.set(0, "budget");
    cells.set(1, CsvCell.of(budget.label()));
    cells.set(COST, budget.spent().toString());
    cells.set(LIMIT, budget.limit().toString());
    line(cells);
  }

  private void line(List<String> cells) {
    text.append(String.join(",", cells)).append("\r\n");
  }

  private static void numbers(List<String> cells, long... numbers) {
    for (long number : numbers) {
      cells.add(Long.toString(number));
    }
  }

  private static String millis(Optional<Duration> latency) {
    return latency.map(one -> Long.toString(one.toMillis())).orElse("");
  }
}
