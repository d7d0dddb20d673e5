package ai.powertools.cost;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report in a few lines, for a terminal. */
final class ReportText {
  private static final int LABEL = 14;
  private static final int VALUE = 12;
  private static final int FEW = 3;
  private static final String INDENT = " ".repeat(LABEL);

  private final MonthlyReport report;

  ReportText(MonthlyReport report) {
    this.report = report;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("AI cost of ")
        .append(new MonthName(report.month()))
        .append(". ")
        .append(MonthName.days(report))
        .append('\n');
    for (Figure one : Figure.of(report)) {
      String line = padded(one.label(), LABEL) + padded(one.shown(), VALUE) + one.note();
      text.append(line.stripTrailing()).append('\n');
    }
    for (ReportSection section : ReportSection.of(report)) {
      // The names of models begin with their provider.
      if (section.attribute().equals(Attributes.PROVIDER)) {
        continue;
      }
      text.append(padded(section.title(), LABEL)).append(dearest(section)).append('\n');
    }
    lines(text, "Budgets", report.budgets().stream().map(ReportText::budget).toList());
    lines(text, "Reliability", report.reliability().sentences());
    lines(text, "Forecast", report.forecast().stream().flatMap(String::lines).toList());
    return text.toString();
  }

  private String dearest(ReportSection section) {
    String few = section.top(FEW).stream().map(this::share).collect(Collectors.joining(", "));
    return few + section.others(FEW).map(rest -> ", " + share(rest)).orElse("");
  }

  private String share(Breakdown one) {
    return "%s %s (%s)"
        .formatted(
            new OneLine(ReportSection.name(one)),
            new Money(one.totals().cost()),
            Share.of(one.totals().cost(), report.totalCost()));
  }

  private static String budget(BudgetLine line) {
    return "%s: %s of %s (%s)"
        .formatted(
            line.label(),
            new Money(line.spent()),
            new Money(line.limit()),
            Share.of(line.spent(), line.limit()));
  }

  private static void lines(StringBuilder text, String label, List<String> lines) {
    String start = padded(label, LABEL);
    for (String line : lines) {
      text.append(start).append(new OneLine(line)).append('\n');
      start = INDENT;
    }
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "s", text);
  }
}
