package ai.powertools.retry.report;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A report as a page of HTML that needs nothing else. */
final class ReportPage {
  /** Even if a script got in, it would not run, and nothing would be sent. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private static final int CHART_HEIGHT = 24;
  private static final int BAR_WIDTH = 2;

  private final ErrorReport report;
  private final Markup page = new Markup();

  ReportPage(ErrorReport report) {
    this.report = report;
    head();
    if (report.total().count() > 0) {
      table();
    }
    page.raw("</body>\n</html>\n");
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private void head() {
    String title =
        "Errors from %s to %s UTC"
            .formatted(Shown.minute(report.since()), Shown.minute(report.generatedAt()));
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .element("title", title)
        .raw("\n<style>\n" + PageStyle.CSS + "</style>\n</head>\n<body>\n")
        .element("h1", title)
        .raw("\n")
        .element("p", summary(report.total()))
        .raw("\n");
  }

  private String summary(Tally total) {
    return total.count() == 0
        ? "None."
        : "%s in %s: %s; %s."
            .formatted(
                Shown.counted(total.count(), "call"),
                Shown.counted(report.groups().size(), "group"),
                Shown.outcomes(total),
                Shown.efforts(total));
  }

  private void table() {
    page.raw("<div class=\"wide\"><table>\n")
        .element("caption", "Groups of errors that are the same, the largest first")
        .raw("\n<thead><tr>")
        .element("th scope=\"col\"", "Error")
        .element("th scope=\"col\"", "Kind")
        .element("th scope=\"col\" class=\"n\"", "Count")
        .element("th scope=\"col\" class=\"n\"", "Share")
        .element("th scope=\"col\"", "Outcomes")
        .element("th scope=\"col\"", "Last hour")
        .element("th scope=\"col\"", "First seen")
        .element("th scope=\"col\"", "Last seen")
        .raw("</tr></thead>\n<tbody>\n");
    for (ErrorGroup group : report.groups()) {
      page.raw("<tr><th scope=\"row\"><bdi>")
          .text(Shown.where(group.fingerprint()))
          .raw("</bdi>")
          .element("code dir=\"auto\"", group.fingerprint().pattern())
          .element("span class=\"quiet\"", "id " + group.id());
      row(group, Shown.lower(group.fingerprint().kind()));
    }
    report
        .folded()
        .ifPresent(
            group -> {
              String others = Shown.counted(report.foldedGroups(), "group");
              page.raw("<tr><th scope=\"row\">")
                  .text("Others: " + others + " not seen for the longest time");
              row(group, "any");
            });
    page.raw("</tbody>\n</table></div>\n");
  }

  private void row(ErrorGroup group, String kind) {
    samples(group.samples());
    long count = group.tally().count();
    page.raw("</th>")
        .element("td", kind)
        .element("td class=\"n\"", Shown.number(count))
        .element("td class=\"n\"", Shown.share(count, report.total().count()))
        .element("td", Shown.outcomes(group.tally()))
        .raw("<td>");
    trend(group.trend());
    page.raw("</td><td>");
    time(group.firstSeen());
    page.raw("</td><td>");
    time(group.lastSeen());
    page.raw("</td></tr>\n");
  }

  private void samples(List<ErrorEvent> samples) {
    page.raw("<details>").element("summary", Shown.counted(samples.size(), "sample")).raw("<ol>");
    for (ErrorEvent event : samples) {
      page.raw("<li>");
      time(event.when());
      page.text(" " + Shown.lower(event.outcome())).element("code dir=\"auto\"", event.describe());
      attempts(event);
      page.raw("</li>");
    }
    page.raw("</ol></details>");
  }

  private void attempts(ErrorEvent event) {
    page.raw("<ul>");
    for (AttemptSummary attempt : event.attempts()) {
      page.element(
          "li",
          "attempt %d, %s after %s, then a wait of %s: %s"
              .formatted(
                  attempt.number(),
                  Shown.lower(attempt.kind()),
                  Shown.duration(attempt.duration()),
                  Shown.duration(attempt.waited()),
                  attempt.describe()));
    }
    page.raw("</ul>");
  }

  private void time(Instant when) {
    page.raw("<time datetime=\"").text(when.toString()).raw("\">");
    page.text(Shown.minute(when)).raw("</time>");
  }

  private void trend(Trend trend) {
    String direction = Shown.lower(trend.direction());
    List<Long> minutes = trend.minutes();
    long most = Math.max(1, Collections.max(minutes));
    page.raw(
            "<svg width=\"%d\" height=\"%d\" role=\"img\">"
                .formatted(Trend.MINUTES * BAR_WIDTH, CHART_HEIGHT))
        .element(
            "title",
            "%s in the last hour, at most %s a minute: %s"
                .formatted(
                    Shown.counted(trend.lastHour(), "error"), Shown.number(most), direction));
    for (int i = 0; i < minutes.size(); i++) {
      bar(Trend.MINUTES - minutes.size() + i, (double) minutes.get(i) / most);
    }
    page.raw("</svg>").element("span class=\"" + direction + "\"", direction);
  }

  private void bar(int minute, double share) {
    double height = share * CHART_HEIGHT;
    if (height > 0) {
      page.raw(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
              minute * BAR_WIDTH,
              CHART_HEIGHT - height,
              BAR_WIDTH,
              height));
    }
  }
}
