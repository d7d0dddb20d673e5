package ai.powertools.cost;

import static ai.powertools.cost.Months.BERLIN;
import static ai.powertools.cost.Months.NOVEMBER;
import static ai.powertools.cost.Months.november;
import static ai.powertools.cost.Months.paid;
import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What must be true of a report in all its forms, whatever calls and names there were. */
class ReportProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 20_000) / 400;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private static final Set<String> ELEMENTS =
      Set.of(
          ("body header h1 p dl div dt dd b small figure figcaption svg g title text line rect ul li"
                  + " bdi details summary table caption thead tbody tr th td section h2 wbr footer")
              .split(" "));

  private static final Set<String> ATTRIBUTES =
      Set.of(
          ("class title width height x y x1 x2 y1 y2 role id scope aria-hidden aria-labelledby"
                  + " text-anchor")
              .split(" "));

  @Test
  void everySectionOfTheTableComesToTheTotal() {
    forAny(
        (rows, label) -> {
          MonthlyReport report = report(rows);
          List<Map<String, String>> table = CsvTable.read(report.toCsv());
          for (String section :
              List.of("total", "model", "provider", "task", "user", "team", "day")) {
            List<Map<String, String>> part =
                table.stream().filter(row -> section.equals(row.get("section"))).toList();
            if (!part.isEmpty()) {
              assertThat(sum(part, "cost_usd")).as(label).isEqualTo(report.totalCost());
              assertThat(sum(part, "cache_savings_usd")).as(label).isEqualTo(report.cacheSavings());
              assertThat(sum(part, "attempts").toString())
                  .as(label)
                  .isEqualTo("" + report.totals().attempts());
            }
          }
        });
  }

  @Test
  void everyNameIsFoundInTheTableAndNoneStartsLikeAFormula() {
    List<Map<String, String>> table = CsvTable.read(hostile().toCsv());

    assertThat(keys(table, "user"))
        .containsExactlyInAnyOrderElementsOf(Months.HOSTILE)
        .isEqualTo(new ArrayList<>(hostile().costPerUser().keySet()));
    for (Map<String, String> row : table) {
      for (String cell : row.getOrDefault("key", "").split(";", -1)) {
        assertThat(cell).doesNotMatch("[=+@\t\r＝＋－＠-].*");
      }
    }
    assertThat(hostile().toCsv()).contains("\"'=cmd()\"", "\"a;'=cmd()\"", "\"''quoted\"");
  }

  @Test
  void noNameGetsOutOfItsPlaceInThePage() throws Exception {
    String html = hostile().toHtml();
    Document page = parsed(html.substring(html.indexOf("<body>"), html.indexOf("</html>")));
    NodeList all = page.getElementsByTagName("*");
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < all.getLength(); i++) {
      Node element = all.item(i);
      assertThat(ELEMENTS).contains(element.getNodeName());
      for (int j = 0; j < element.getAttributes().getLength(); j++) {
        assertThat(ATTRIBUTES).contains(element.getAttributes().item(j).getNodeName());
      }
      if (element.getNodeName().equals("bdi")) {
        names.add(element.getTextContent());
      }
    }

    assertThat(names).containsAll(Months.HOSTILE.subList(0, ReportSection.TOP));
    assertThat(names).containsAll(Months.HOSTILE.subList(ReportSection.TOP, Months.HOSTILE.size()));
  }

  @Test
  void everyPageIsWellFormed() {
    forAny(
        (rows, label) -> {
          String html = report(rows).toHtml();
          assertThat(parsed(html.substring(html.indexOf("<body>"), html.indexOf("</html>"))))
              .as(label)
              .isNotNull();
        });
  }

  @Test
  void noNameGetsOutOfItsCellInMarkdown() {
    String markdown = hostile().toMarkdown();
    List<String> budgets =
        markdown
            .lines()
            .dropWhile(line -> !line.equals("## Budgets"))
            .skip(4)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    Pattern cells =
        Pattern.compile("\\| ((?:[^\\\\|]|\\\\.)*) \\| \\$1.00 \\| \\$2.00 \\| 50.0 % \\|");

    assertThat(budgets).hasSize(Months.HOSTILE.size());
    for (int i = 0; i < budgets.size(); i++) {
      var matcher = cells.matcher(budgets.get(i));
      assertThat(matcher.matches()).as(budgets.get(i)).isTrue();
      String cell = matcher.group(1);
      assertThat(cell.replaceAll("\\\\.", "")).doesNotContainPattern("[`*_~\\[\\]<>#!:@|\\\\]");
      String read =
          cell.replaceAll("\\\\(.)", "$1")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&amp;", "&");
      assertThat(read).isEqualTo(new OneLine(Months.HOSTILE.get(i)).toString());
    }
    assertThat(markdown).doesNotContain("<", ">").doesNotContainPattern("[^\\\\]\\]\\(");
  }

  @Test
  void aReportOfVeryManyRowsAddsUp() {
    List<DayTotals> rows = Months.busy(new Random(SEED), 6_700, 200_000);
    long start = System.nanoTime();
    MonthlyReport report = report(rows);
    long made = System.nanoTime();
    int length = report.toHtml().length() + report.toMarkdown().length();
    long written = System.nanoTime();

    System.out.printf(
        "Report of %,d rows: %d ms; page and Markdown of %,d characters: %d ms%n",
        rows.size(), (made - start) / 1_000_000, length, (written - made) / 1_000_000);
    assertThat(report.totalCost())
        .as("-Dpowertools.seed=" + SEED)
        .isEqualTo(rows.stream().map(row -> row.totals().cost()).reduce(Usd.ZERO, Usd::plus));
  }

  private static MonthlyReport report(List<DayTotals> rows) {
    return Months.report(rows);
  }

  /** Each of the names is a user, a task, a model and a budget; the first the dearest. */
  private static MonthlyReport hostile() {
    List<DayTotals> rows = new ArrayList<>();
    List<BudgetLine> budgets = new ArrayList<>();
    for (String name : Months.HOSTILE) {
      Attributes who = Attributes.of(Attributes.USER, name).with(Attributes.TASK, name);
      rows.add(
          new DayTotals(
              november(1), who.with(Attributes.MODEL, name), paid("" + (100 - rows.size()), 1)));
      budgets.add(new BudgetLine(name, Usd.of("2"), Usd.of("1")));
    }
    return MonthlyReport.of(
        NOVEMBER,
        BERLIN,
        LocalDate.of(2026, 12, 1),
        rows,
        List.of(),
        budgets,
        Optional.of(String.join(" ", Months.HOSTILE)));
  }

  private static Usd sum(List<Map<String, String>> rows, String column) {
    return rows.stream()
        .map(row -> Usd.of(row.getOrDefault(column, "")))
        .reduce(Usd.ZERO, Usd::plus);
  }

  /** The keys as they were: without the marks before what looks like a formula. */
  private static List<String> keys(List<Map<String, String>> table, String section) {
    return table.stream()
        .filter(row -> section.equals(row.get("section")))
        .map(row -> row.getOrDefault("key", "").replaceAll("(^|;)'", "$1"))
        .toList();
  }

  private static Document parsed(String body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      // The one element of the page that has no end.
      String closed = body.replace("<wbr>", "<wbr/>");
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(closed)));
    } catch (Exception e) {
      throw new AssertionError("Not well-formed:\n" + body, e);
    }
  }

  private static void forAny(BiConsumer<List<DayTotals>, String> law) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      law.accept(Months.random(random, random.nextInt(60)), "-Dpowertools.seed=" + seed);
    }
  }
}
