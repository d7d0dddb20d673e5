package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.List;
import java.util.Locale;

/** A report in Markdown, with tables as GitHub has them. */
final class ReportMarkdown {
  private final MonthlyReport report;
  private final StringBuilder text = new StringBuilder();

  ReportMarkdown(MonthlyReport report) {
    this.report = report;
  }

  @Override
  public String toString() {
    text.setLength(0);
    text.append("# AI cost, ").append(new MonthName(report.month())).append("\n\n");
    text.append(escaped(MonthName.days(report))).append("\n\n");
    table("Figure", "Value", "");
    for (Figure one : Figure.of(report)) {
      row(one.label(), one.shown(), one.note());
    }
    ReportSection.of(report).forEach(this::section);
    budgets();
    waste();
    heading("Reliability");
    report
        .reliability()
        .sentences()
        .forEach(one -> text.append("- ").append(escaped(one)).append('\n'));
    report.forecast().ifPresent(this::forecast);
    days();
    return text.toString();
  }

  private void section(ReportSection section) {
    heading(section.title());
    table(capital(section.attribute()), "Cost", "Share", "Calls", "Per call");
    section.top(ReportSection.TOP).forEach(this::breakdown);
    section.others(ReportSection.TOP).ifPresent(this::breakdown);
  }

  private void breakdown(Breakdown one) {
    Totals totals = one.totals();
    row(
        ReportSection.name(one),
        money(totals.cost()),
        share(totals.cost()),
        String.format(Locale.ROOT, "%,d", totals.calls()),
        totals.costPerCall().map(ReportMarkdown::money).orElse("–"));
  }

  private void budgets() {
    if (report.budgets().isEmpty()) {
      return;
    }
    heading("Budgets");
    table("Budget", "Spent", "Limit", "Share");
    for (BudgetLine line : report.budgets()) {
      row(
          line.label(),
          money(line.spent()),
          money(line.limit()),
          Share.of(line.spent(), line.limit()).toString());
    }
  }

  private void waste() {
    List<Loss> losses = Loss.of(report.waste());
    if (losses.isEmpty()) {
      return;
    }
    heading("Waste");
    table("Paid for", "Cost", "Share");
    losses.forEach(one -> row(one.what(), money(one.cost()), share(one.cost())));
  }

  private void forecast(String words) {
    heading("Forecast");
    words.lines().forEach(line -> text.append("- ").append(escaped(line)).append('\n'));
  }

  private void days() {
    heading("By day");
    table("Day", "Cost", "Calls");
    for (TrendPoint day : report.daily()) {
      row(
          day.start().toString(),
          money(day.totals().cost()),
          String.format(Locale.ROOT, "%,d", day.totals().calls()));
    }
  }

  private void heading(String title) {
    text.append("\n## ").append(title).append("\n\n");
  }

  /** The first column holds names, one without a title notes, the others numbers. */
  private void table(String... columns) {
    row(columns);
    text.append("|---|");
    for (int i = 1; i < columns.length; i++) {
      text.append(columns[i].isEmpty() ? "---|" : "---:|");
    }
    text.append('\n');
  }

  private void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(escaped(cell)).append(' ');
    }
    text.append("|\n");
  }

  private String share(Usd part) {
    return Share.of(part, report.totalCost()).toString();
  }

  private static String money(Usd amount) {
    return new Money(amount).toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /**
   * A text as a text: no emphasis, code, table, HTML, mathematics or link comes of it. Brackets of
   * HTML are written as entities, for readers that let HTML through before they look at escapes.
   */
  private static String escaped(String raw) {
    StringBuilder safe = new StringBuilder();
    boolean couldBeFormula = raw.indexOf('$') != raw.lastIndexOf('$');
    for (char c : new OneLine(raw).toString().toCharArray()) {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '\\', '|', '`', '*', '_', '~', '[', ']', '#', '!', ':', '@' ->
            safe.append('\\').append(c);
        case '$' -> safe.append(couldBeFormula ? "\\$" : "$");
        default -> safe.append(c);
      }
    }
    return safe.toString().replace("www.", "www\\.");
  }
}
