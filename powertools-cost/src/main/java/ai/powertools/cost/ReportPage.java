package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.List;
import java.util.Locale;

/** A report as a page of HTML that needs nothing else. */
final class ReportPage {
  /** Even if a script got in, it would not run, and nothing would be sent. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final MonthlyReport report;
  private final Markup page = new Markup();

  ReportPage(MonthlyReport report) {
    this.report = report;
    head();
    figures();
    new DailyChart(report).drawOn(page);
    days();
    ReportSection.of(report).forEach(this::section);
    budgets();
    waste();
    words();
    page.raw("<footer><p>Amounts are rounded; point at one to see all its digits. ")
        .raw("The report's CSV has them all.</p></footer>\n</body>\n</html>\n");
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private void head() {
    String title = "AI cost, " + new MonthName(report.month());
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .element("title", title)
        .raw("\n<style>\n" + PageStyle.CSS + "</style>\n</head>\n<body>\n<header>")
        .element("h1", title)
        .element("p", MonthName.days(report))
        .raw("</header>\n");
  }

  private void figures() {
    page.raw("<dl>");
    for (Figure one : Figure.of(report)) {
      page.raw("<div>").element("dt", one.label()).raw("<dd><b");
      one.exact().ifPresent(exact -> page.raw(" title=\"").text(exact.format()).raw("\""));
      page.raw(">").text(one.shown()).raw("</b>").element("small", one.note()).raw("</dd></div>");
    }
    page.raw("</dl>\n");
  }

  private void days() {
    page.raw("<details><summary>Each day in figures</summary>");
    table("Each day", "Day", "Cost", "Calls");
    for (TrendPoint day : report.daily()) {
      page.raw("<tr>").element("th scope=\"row\"", MonthName.of(day.start()));
      money("n", day.totals().cost());
      number("n", day.totals().calls());
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div></details>\n");
  }

  private void section(ReportSection section) {
    page.raw("<section>");
    String attribute = section.attribute();
    table(
        section.title(),
        attribute.substring(0, 1).toUpperCase(Locale.ROOT) + attribute.substring(1),
        "Cost",
        "Share",
        "Calls",
        "Per call");
    Usd dearest = section.all().get(0).totals().cost();
    for (Breakdown one : section.top(ReportSection.TOP)) {
      name(ReportSection.name(one));
      Share share = Share.of(one.totals().cost(), report.totalCost());
      bar(
          share + " of the cost",
          Share.of(one.totals().cost(), dearest),
          one.value().isEmpty() ? "c4" : "c0");
      numbers(one.totals());
    }
    section
        .others(ReportSection.TOP)
        .ifPresent(
            rest -> {
              name(rest.value());
              numbers(rest.totals());
            });
    page.raw("</tbody></table></div></section>\n");
  }

  private void numbers(Totals totals) {
    page.raw("</th>");
    money("n", totals.cost());
    cell("n", Share.of(totals.cost(), report.totalCost()).toString());
    number("n", totals.calls());
    totals.costPerCall().ifPresentOrElse(each -> money("n more", each), () -> cell("n more", "–"));
    page.raw("</tr>");
  }

  private void budgets() {
    if (report.budgets().isEmpty()) {
      return;
    }
    page.raw("<section>");
    table("Budgets", "Budget", "Spent", "Limit", "Share");
    for (BudgetLine line : report.budgets()) {
      boolean over = line.left().isNegative();
      Share share = Share.of(line.spent(), line.limit());
      name(line.label());
      bar(share + " of the limit", share, over ? "over" : "c0");
      page.raw("</th>");
      money("n", line.spent());
      money("n", line.limit());
      cell("n", share + (over ? " (over)" : ""));
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div></section>\n");
  }

  private void waste() {
    List<Loss> losses = Loss.of(report.waste());
    if (losses.isEmpty()) {
      return;
    }
    page.raw("<section>");
    table("Waste", "Paid for", "Cost", "Share");
    for (Loss loss : losses) {
      Share share = Share.of(loss.cost(), report.totalCost());
      name(loss.what());
      bar(share + " of the cost", Share.of(loss.cost(), losses.get(0).cost()), "c1");
      page.raw("</th>");
      money("n", loss.cost());
      cell("n", share.toString());
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div></section>\n");
  }

  private void words() {
    page.raw("<section><h2>Reliability</h2><ul>");
    report.reliability().sentences().forEach(one -> page.element("li", one));
    page.raw("</ul></section>\n");
    report
        .forecast()
        .ifPresent(
            words -> {
              page.raw("<section><h2>Forecast</h2>");
              words.lines().forEach(line -> page.element("p class=\"forecast\"", line));
              page.raw("</section>\n");
            });
  }

  private void table(String caption, String... columns) {
    page.raw("<div class=\"wide\"><table>").element("caption", caption).raw("<thead><tr>");
    for (int i = 0; i < columns.length; i++) {
      String start = i == 0 ? "" : columns[i].equals("Per call") ? "n more" : "n";
      page.element("th scope=\"col\" class=\"" + start + "\"", columns[i]);
    }
    page.raw("</tr></thead><tbody>");
  }

  /** The start of a row. A name may be broken behind a slash, before it is broken anywhere. */
  private void name(String name) {
    page.raw("<tr><th scope=\"row\"><bdi>");
    String before = "";
    for (String part : name.split("(?<=/)", -1)) {
      page.raw(before).text(part);
      before = "<wbr>";
    }
    page.raw("</bdi>");
  }

  /** Says its share aloud, and shows it when pointed at. */
  private void bar(String title, Share share, String colour) {
    page.raw("<svg class=\"bar\" width=\"100%\" height=\"8\" role=\"img\">")
        .element("title", title)
        .raw("<rect class=\"track\" width=\"100%\" height=\"8\"/>")
        .raw("<rect class=\"" + colour + "\" height=\"8\" width=\"")
        .raw(String.format(Locale.ROOT, "%.2f%%", share.percentWithin()))
        .raw("\"/></svg>");
  }

  private void money(String classes, Usd amount) {
    page.raw("<td class=\"" + classes + "\" title=\"")
        .text(amount.format())
        .raw("\">")
        .text(new Money(amount))
        .raw("</td>");
  }

  private void number(String classes, long number) {
    cell(classes, String.format(Locale.ROOT, "%,d", number));
  }

  private void cell(String classes, String text) {
    page.element("td class=\"" + classes + "\"", text);
  }
}
