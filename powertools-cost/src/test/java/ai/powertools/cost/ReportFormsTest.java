package ai.powertools.cost;

import static ai.powertools.cost.Months.november;
import static ai.powertools.cost.Months.paid;
import static ai.powertools.cost.Months.row;
import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A report as people and spreadsheets get it. */
class ReportFormsTest {
  private final MonthlyReport report = SmallMonth.report();

  @Test
  void describesItselfToATerminal() {
    assertThat(report.describe())
        .isEqualTo(
            """
            AI cost of November 2026. Days of Europe/Berlin.
            Cost          $10.00      $2.00 more (25.0 %) than October 2026
            Calls         8           11 attempts, 1 failed
            Per call      $1.25
            Per success   $2.00       5 useful answers
            Per user      $4.50       2 users
            From caches   23.5 %      of input; saved $0.75
            Wasted        $2.50       25.0 % of the cost
            Latency       1.0 s       median; p95 3.1 s
            By model      acme/big $6.00 (60.0 %), acme/small $4.00 (40.0 %)
            By task       sum $7.00 (70.0 %), code $3.00 (30.0 %)
            By user       ada $6.00 (60.0 %), bob $3.00 (30.0 %), (none) $1.00 (10.0 %)
            By team       search $6.00 (60.0 %), (none) $4.00 (40.0 %)
            By project    alpha $6.00 (60.0 %), (none) $4.00 (40.0 %)
            Budgets       all, monthly: $10.00 of $20.00 (50.0 %)
                          team=search, monthly: $6.00 of $5.00 (120.0 %)
            Reliability   The cost of 2 attempts is an estimate (18.2 % of all).
                          The cost of 1 attempt is unknown and not in the sum: at most $0.30 more.
                          No end was recorded for 1 attempt.
            Forecast      $21.00 by the end of the month.
            """);
  }

  @Test
  void describesAMonthWithoutCalls() {
    assertThat(Months.report(List.of()).describe())
        .isEqualTo(
            """
            AI cost of November 2026. Days of Europe/Berlin.
            Cost          $0.00
            Calls         0           0 attempts, 0 failed
            Per call      –
            Per success   –           0 useful answers
            Wasted        $0.00
            Reliability   No cost is an estimate, and none is unknown.
            """);
  }

  @Test
  void saysOfAMonthThatIsNotOverSinceWhen() {
    MonthlyReport running = SmallMonth.asOf(november(14));

    assertThat(running.describe())
        .startsWith(
            "AI cost of November 2026. Not over: as of 14 November. Days of Europe/Berlin.\n");
    assertThat(running.toMarkdown()).contains("\nNot over\\: as of 14 November. Days of");
    assertThat(running.toHtml()).contains("<p>Not over: as of 14 November. Days of Europe/Berlin.");
  }

  @Test
  void writesTablesInMarkdown() {
    assertThat(report.toMarkdown())
        .startsWith("# AI cost, November 2026\n\nDays of Europe/Berlin.\n\n| Figure | Value |  |\n")
        .contains("|---|---:|---|\n| Cost | $10.00 | $2.00 more (25.0 %) than October 2026 |\n")
        .contains(
            """
            ## By user

            | User | Cost | Share | Calls | Per call |
            |---|---:|---:|---:|---:|
            | ada | $6.00 | 60.0 % | 4 | $1.50 |
            | bob | $3.00 | 30.0 % | 3 | $1.00 |
            | (none) | $1.00 | 10.0 % | 1 | $1.00 |

            ## By team
            """)
        .contains("| team=search, monthly | $6.00 | $5.00 | 120.0 % |\n")
        .contains("| answers that nobody used | $1.00 | 10.0 % |\n")
        .contains("- No end was recorded for 1 attempt.\n\n## Forecast\n\n- $21.00 by the end")
        .contains("| 2026-11-03 | $0.00 | 0 |\n");
  }

  @Test
  void leavesOutWhatNoCallHas() {
    MonthlyReport bare = Months.report(List.of(row(november(1), "", paid("1", 1))));

    assertThat(bare.toMarkdown())
        .doesNotContain("## By model", "## By user", "## Budgets", "## Waste", "## Forecast");
    assertThat(bare.toHtml())
        .doesNotContain("By task", ">Budgets<", ">Waste<", ">Forecast<", "Per user");
    assertThat(bare.toCsv()).doesNotContain("\r\nmodel,", "\r\nteam,", "\r\nbudget,");
    assertThat(bare.describe()).doesNotContain("By model", "Budgets", "Forecast");
  }

  @Test
  void showsTheDearestTenAndTheOthersTogether() {
    List<DayTotals> rows = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      rows.add(row(november(i), "task=t" + i + " model=m/" + i, paid("1." + (100 + i), 1)));
    }
    MonthlyReport many = Months.report(rows);
    MonthlyReport eleven = Months.report(rows.subList(0, 11));

    assertThat(many.toMarkdown())
        .contains("| t30 | $1.13 |", "| t21 | $1.12 | ", "| 20 others | $22.21 |")
        .doesNotContain("| t20 |");
    assertThat(many.toHtml()).contains("<bdi>t21</bdi>", ">20 others<").doesNotContain(">t20<");
    assertThat(many.describe()).contains("By task       t30 $1.13 (3.4 %)", "27 others");
    assertThat(many.toCsv()).contains("task,\"t1\",1,");
    assertThat(eleven.toMarkdown()).contains("| t1 | $1.10 |").doesNotContain("others");
  }

  @Test
  void writesEveryDigitForSpreadsheets() {
    String[] lines = report.toCsv().split("\r\n");

    assertThat(lines[0]).startsWith("section,key,calls,attempts,").endsWith(",limit_usd");
    assertThat(lines[1])
        .isEqualTo(
            "total,\"2026-11\",8,11,8,1,1,1,1,2,2,1,10,0.3,1700,400,410,0.75,0.6,0,0.5,0.4,1,"
                + report.p50().orElseThrow().toMillis()
                + ","
                + report.p95().orElseThrow().toMillis()
                + ",");
    assertThat(lines)
        .contains("budget,\"all, monthly\"" + ",".repeat(11) + "10" + ",".repeat(13) + "20");
    assertThat(lines).contains("day,\"2026-11-03\",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,");
    assertThat(lines).hasSize(1 + 1 + 12 + 30 + 2);
  }

  @Test
  void leavesACellEmptyWhenNobodyCanTellHowMuchMore() {
    Totals paid = paid("1", 1);
    Totals unknown =
        new Totals(
            1,
            1,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            paid.cost(),
            Optional.empty(),
            Usage.of(1, 1),
            Usd.of("-0.5"),
            Waste.NONE,
            Latencies.NONE);
    MonthlyReport report = Months.report(List.of(row(november(1), "", unknown)));

    assertThat(report.toCsv()).contains("total,\"2026-11\",1,1,1,0,0,0,0,0,0,1,1,,1,0,1,-0.5,");
    assertThat(report.describe()).contains("0.0 %       of input; cost $0.50 more than it saved");
  }

  @Test
  void needsNothingElseAsAPage() {
    assertThat(report.toHtml())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("default-src 'none'", "prefers-color-scheme: dark", "@media print")
        .contains("title=\"$10.00\"")
        .contains("What each day cost. The dearest was 1 November with $6.00.")
        .contains("<title>120.0 % of the limit</title>", "class=\"over\"", "120.0 % (over)")
        .doesNotContain("<script", "<link", "<img", "http:", "https:", "url(", "@import");
  }

  @Test
  void drawsNothingBelowZero() {
    List<DayTotals> corrected =
        List.of(
            row(november(1), "model=a/b", paid("-3", 1)),
            row(november(2), "model=a/b", paid("1", 1)),
            row(november(2), "model=a/c", paid("-1", 1)));

    assertThat(Months.report(corrected).toHtml())
        .contains("<title>1 November: -$3.00</title></g>", "<td class=\"n\" title=\"-$3.00\">")
        .doesNotContain("height=\"-");
  }

  @Test
  void stacksTheFourDearestModelsAndTheOthersOnEachDay() {
    List<DayTotals> rows = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      rows.add(row(november(2), "model=m/" + i, paid("" + i, 1)));
    }

    // 21 dollars below an axis to 25, which is 180 pixels high and stands on the 192nd.
    assertThat(Months.report(rows).toHtml())
        .contains(
            "<title>2 November: $21.00</title>"
                + "<rect class=\"c0\" x=\"3.70%\" width=\"2.60%\" y=\"148.80\" height=\"43.20\"/>"
                + "<rect class=\"c1\" x=\"3.70%\" width=\"2.60%\" y=\"112.80\" height=\"36.00\"/>"
                + "<rect class=\"c2\" x=\"3.70%\" width=\"2.60%\" y=\"84.00\" height=\"28.80\"/>"
                + "<rect class=\"c3\" x=\"3.70%\" width=\"2.60%\" y=\"62.40\" height=\"21.60\"/>"
                + "<rect class=\"c4\" x=\"3.70%\" width=\"2.60%\" y=\"40.80\" height=\"21.60\"/>"
                + "</g>")
        .contains(">2 others</bdi>");
  }

  @Test
  void readsTheSameWhereverItIsMade() {
    String html = report.toHtml();
    String text = report.describe();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(SmallMonth.report().toHtml()).isEqualTo(html);
      assertThat(SmallMonth.report().describe()).isEqualTo(text);
      assertThat(SmallMonth.report().toMarkdown()).isEqualTo(report.toMarkdown());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void keepsForeignTextInItsLine() {
    MonthlyReport odd =
        MonthlyReport.of(
            Months.NOVEMBER,
            Months.BERLIN,
            LocalDate.of(2026, 12, 1),
            List.of(row(november(1), "user=\u202Eada\u2066", paid("1", 1))),
            List.of(),
            List.of(new BudgetLine("a\u001B[31m\nb", Usd.of("1"), Usd.of("1"))),
            Optional.of("$1 or\u2028$2"));

    assertThat(odd.describe()).contains("By user        ada  $1.00", "Budgets       a [31m b: $1");
    assertThat(odd.toMarkdown()).contains("|  ada  |", "| a \\[31m b |", "\n- \\$1 or \\$2\n");
  }
}
