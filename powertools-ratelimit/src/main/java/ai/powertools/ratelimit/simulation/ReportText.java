package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers of a report for a terminal. */
final class ReportText {
  private static final int MOST_TENANTS = 20;
  private static final String GAP = "  ";

  private final SimulationReport report;
  private final StringBuilder text = new StringBuilder();

  ReportText(SimulationReport report) {
    this.report = report;
  }

  String text() {
    Served all = report.all();
    line("policy", report.policy());
    line("trace", report.trace());
    line(
        "calls",
        "%s in %s: %s let through, %s refused%s"
            .formatted(
                count(all.calls()),
                Notation.text(report.elapsed()),
                count(all.granted()),
                count(all.refused()),
                all.left() == 0 ? "" : ", %s never decided".formatted(count(all.left()))));
    line("waits", all.waits().toString());
    report.refusals().forEach((why, calls) -> line("refused", count(calls) + " " + why));
    for (LimitUse use : report.limits()) {
      line("used", String.format(Locale.ROOT, "%.1f %% of %s", 100 * use.share(), use.limit()));
    }
    groups();
    return text.append('\n').toString();
  }

  private void line(String what, String words) {
    text.append(String.format(Locale.ROOT, "%-9s %s%n", what, words).replace("\r\n", "\n"));
  }

  /** One priority and no tenant would only say again what is said. */
  private void groups() {
    List<Served> tenants = report.byTenant();
    if (report.byPriority().size() < 2 && tenants.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "calls", "let through", "refused", "p50", "p90", "p99", "longest"));
    report.byPriority().forEach(served -> rows.add(row(served)));
    tenants.stream().limit(MOST_TENANTS).forEach(served -> rows.add(row(served)));
    text.append('\n').append(table(rows));
    if (tenants.size() > MOST_TENANTS) {
      text.append("and %s more tenants\n".formatted(count(tenants.size() - MOST_TENANTS)));
    }
  }

  private static List<String> row(Served served) {
    WaitTimes waits = served.waits();
    return List.of(
        served.who(),
        count(served.calls()),
        count(served.granted()),
        count(served.refused()),
        wait(served, waits.p50()),
        wait(served, waits.p90()),
        wait(served, waits.p99()),
        wait(served, waits.longest()));
  }

  private static String wait(Served served, Duration wait) {
    return served.granted() == 0 ? "-" : Notation.text(wait);
  }

  private static String table(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + blanks : GAP + blanks + row.get(i));
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
