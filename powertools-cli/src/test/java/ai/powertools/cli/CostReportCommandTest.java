package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostEvent;
import ai.powertools.cost.CostTracker;
import ai.powertools.testing.VirtualClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ledger that is there already has to tell of a month. */
class CostReportCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    SmallLedger.november(folder.resolve("home/state.db"));
    console = new Console(folder).at(Instant.parse("2026-11-11T12:00:00Z"));
  }

  private int report(String... options) {
    String[] all = new String[options.length + 2];
    System.arraycopy(new String[] {"cost", "report"}, 0, all, 0, 2);
    System.arraycopy(options, 0, all, 2, options.length);
    return console.run(all);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(console.out());
  }

  @Test
  void tellsOfTheMonthThatIsUnderWay() {
    assertThat(report()).isZero();
    assertThat(console.out())
        .startsWith("AI cost of November 2026. ")
        .contains("Cost          $1.45 ")
        .contains("By team       search $1.05 (72.4 %), ads $0.40 (27.6 %)")
        .contains("Forecast ");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void tellsOfAnotherMonth() {
    assertThat(report("--month", "2026-10")).isZero();
    assertThat(console.out()).startsWith("AI cost of October 2026. ").contains("$3.00");
  }

  @Test
  void aMonthAsJsonHasEveryDigitAsAText() throws IOException {
    assertThat(report("--format", "json")).isZero();
    JsonNode json = json();
    assertThat(json.get("month").asText()).isEqualTo("2026-11");
    assertThat(json.get("zone").asText()).isEqualTo("Z");
    assertThat(json.get("as_of").asText()).isEqualTo("2026-11-11");
    assertThat(json.get("complete").asBoolean()).isFalse();
    assertThat(json.get("totals").get("cost_usd").isTextual()).isTrue();
    assertThat(json.get("totals").get("cost_usd").asText()).isEqualTo("1.45");
    assertThat(json.get("totals").get("calls").asLong()).isEqualTo(3);
    assertThat(json.get("cost_per_call_usd").asText()).isEqualTo("0.483333333333");
    assertThat(json.get("by").get("team").get(0).get("value").asText()).isEqualTo("search");
    assertThat(json.get("by").get("team").get(0).get("totals").get("cost_usd").asText())
        .isEqualTo("1.05");
    assertThat(json.get("days")).hasSize(11);
    assertThat(json.get("change").get("before").asText()).isEqualTo("2026-10");
    assertThat(json.get("change").get("first_days").asInt()).isEqualTo(10);
    assertThat(json.get("change").get("cost_before_usd").asText()).isEqualTo("0");
    assertThat(json.get("forecast").asText()).contains("expected");
    assertThat(json.get("budgets")).isEmpty();

    assertThat(report("--format", "json", "--month", "2026-10")).isZero();
    assertThat(json().get("change").isNull()).isTrue();
    assertThat(json().get("forecast").isNull()).isTrue();
    assertThat(json().get("complete").asBoolean()).isTrue();
  }

  @Test
  void showsTheBudgetsOfTheConfigurationBesideItsOwnLedgerOnly() throws IOException {
    Files.writeString(
        folder.resolve("powertools.yaml"),
        "home: %s\nbudgets:\n  - { usd: 2, where: { team: search } }\n"
            .formatted(folder.resolve("home")));
    assertThat(report()).isZero();
    assertThat(console.out()).contains("Budgets       team=search, monthly: $1.05 of $2.00");
    assertThat(report("--format", "json")).isZero();
    assertThat(json().get("budgets").get(0).get("left_usd").asText()).isEqualTo("0.95");
    assertThat(report("--ledger", "home/state.db")).isZero();
    assertThat(console.out()).doesNotContain("Budgets");
  }

  @Test
  void takesTheMonthApart() {
    assertThat(report("--by", "user")).isZero();
    assertThat(console.out().lines().map(String::strip).toList())
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).matches("user +cost +share +calls +attempts +failed.*");
              assertThat(lines.get(1)).matches("ada +\\$1\\.00 +69\\.0 % +1 +1 +0 .*");
              assertThat(lines.get(2)).matches("bob +\\$0\\.45 +31\\.0 % +2 +2 +0 .*");
              assertThat(lines.get(3)).matches("total +\\$1\\.45 +100\\.0 % +3 +3 +0 .*");
            });
  }

  @Test
  void takesItApartByTwoThingsAndOfSomeCallsOnly() throws IOException {
    assertThat(report("--by", "team", "--by", "model", "--format", "csv")).isZero();
    assertThat(console.out().lines().map(line -> line.split(",calls|,\\d", 2)[0]).toList())
        .containsExactly(
            "team,model",
            "\"search\",\"acme/penny\"",
            "\"ads\",\"acme/penny\"",
            "\"search\",\"acme/cent\"");

    assertThat(report("--where", "team=search", "--where", "user=bob", "--format", "json"))
        .isZero();
    JsonNode json = json();
    assertThat(json.get("where").get("user").asText()).isEqualTo("bob");
    assertThat(json.get("by").get(0).asText()).isEqualTo("model");
    assertThat(json.get("rows")).hasSize(1);
    assertThat(json.get("rows").get(0).get("values").get("model").asText()).isEqualTo("acme/cent");
    assertThat(json.get("totals").get("cost_usd").asText()).isEqualTo("0.05");
    assertThat(json.get("totals").get("p95_ms").isNull()).isFalse();

    assertThat(report("--where", "project=")).isZero();
    assertThat(console.out()).contains("$1.45");
  }

  @Test
  void followsItOverTime() {
    assertThat(report("--trend", "week", "--from", "2026-10-19", "--format", "csv")).isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines.get(0)).startsWith("week,calls,attempts,");
    assertThat(lines.get(1)).startsWith("\"2026-10-19\",1,1,");
    assertThat(lines.get(2)).startsWith("\"2026-10-26\",0,0,");
    assertThat(lines.get(3)).startsWith("\"2026-11-02\",2,2,");
    assertThat(lines).hasSize(5);

    assertThat(report("--trend", "month", "--by", "team", "--from", "2026-10-01")).isZero();
    assertThat(console.out())
        .containsPattern("search +2026-10-01 +\\$3\\.00")
        .containsPattern("ads +2026-10-01 +\\$0\\.00")
        .containsPattern("ads +2026-11-01 +\\$0\\.40");
    assertThat(report("--trend", "day", "--month", "2026-10")).isZero();
    assertThat(console.out().lines()).hasSize(33);
    assertThat(report("--to", "2026-10-31")).isZero();
    assertThat(console.out()).containsPattern("total +\\$3\\.00");
  }

  @Test
  void saysWhatIsNotInASum() {
    try (SmallLedger ledger =
        SmallLedger.at(folder.resolve("home/state.db"), "2026-11-11T11:00:00Z")) {
      ledger.cutOff("search", "ada", 7);
    }
    assertThat(report("--by", "team")).isZero();
    assertThat(console.out()).contains("\nNot in it: 1 attempt of unknown cost, at most $0.07.\n");
  }

  @Test
  void aCallThatWasLostIsLeftToItsApplication() {
    Path file = folder.resolve("home/state.db");
    List<CostEvent> events = new ArrayList<>();
    try (SmallLedger died = SmallLedger.at(file, "2026-11-11T11:00:00Z");
        CallSpan held = died.begin("search", "ada", 7)) {
      assertThat(report("--by", "team")).isZero();
      assertThat(console.out()).doesNotContain("Not in it");
      assertThat(console.run("cost", "export", "--from", "2026-11-11")).isZero();
      assertThat(console.out().lines()).hasSize(1);
      try (CostTracker application =
          CostTracker.builder()
              .at(file)
              .time(VirtualClock.at(Instant.parse("2026-11-11T12:00:00Z")))
              .listener(events::add)
              .build()) {
        assertThat(application.total().attempts()).isEqualTo(5);
      }
      assertThat(report("--by", "team")).isZero();
      assertThat(console.out()).contains("Not in it: 1 attempt of unknown cost, at most $0.07.");
      held.notSent();
    }
    assertThat(events).hasSize(1).hasOnlyElementsOfType(CostEvent.CallLost.class);
  }

  @Test
  void namesCantBreakOutOfATableOrASpreadsheet() {
    try (SmallLedger ledger =
        SmallLedger.at(folder.resolve("home/state.db"), "2026-11-11T11:00:00Z")) {
      ledger.call("=cmd(\"x\")", "\u202Eevil", SmallLedger.PENNY, 1);
    }
    assertThat(report("--by", "team", "--format", "csv")).isZero();
    assertThat(console.out()).contains("\n\"'=cmd(\"\"x\"\")\",1,1,");
    assertThat(report("--by", "user")).isZero();
    assertThat(console.out()).contains("?evil ").doesNotContain("\u202E");
  }

  @Test
  void daysAreThoseOfTheLedgersCalendar() {
    Path other = folder.resolve("tokyo.db");
    try (SmallLedger ledger =
        SmallLedger.at(other, "2026-10-31T20:00:00Z", ZoneId.of("Asia/Tokyo"))) {
      ledger.call("search", "ada", SmallLedger.PENNY, 100);
    }
    console.at(Instant.parse("2026-10-31T21:00:00Z"));
    assertThat(report("--ledger", "tokyo.db", "--trend", "day", "--format", "csv")).isZero();
    assertThat(console.out().lines().skip(1).toList())
        .singleElement()
        .asString()
        .startsWith("\"2026-11-01\",1,");
  }

  @Test
  void writesAPrivateFileInTheFormOfItsNameAndReplacesNoneUnasked() throws IOException {
    Path page = folder.resolve("november.html");
    assertThat(report("--out", "november.html")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("November 2026");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");

    Files.writeString(page, "mine");
    assertThat(report("--out", "november.html")).isEqualTo(3);
    assertThat(console.err())
        .startsWith("--out november.html is there already. Name another file, or replace it");
    assertThat(page).hasContent("mine");

    assertThat(report("--out", "november.html", "--force", "--format", "markdown")).isZero();
    assertThat(page).content().startsWith("# AI cost");
    assertThat(report("--out", "n.csv")).isZero();
    assertThat(folder.resolve("n.csv")).content().startsWith("section,key,");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));

    assertThat(report("--out", "nowhere/n.csv")).isEqualTo(3);
    assertThat(console.err())
        .contains("Could not write --out nowhere/n.csv: NoSuchFileException. Check that its");
  }

  @Test
  void makesNoLedgerWhereThereIsNone() throws IOException {
    assertThat(report("--home", folder.resolve("empty").toString())).isEqualTo(3);
    assertThat(console.err())
        .startsWith("There is no ledger at " + folder.resolve("empty").resolve("state.db"))
        .contains("Name another with --ledger or --home.");
    assertThat(folder.resolve("empty")).doesNotExist();

    Files.writeString(folder.resolve("notes.db"), "these are notes, and no database\n");
    assertThat(report("--ledger", "notes.db")).isEqualTo(3);
    assertThat(console.err()).startsWith("The ledger can't be read. ");
    Files.createFile(folder.resolve("empty.db"));
    assertThat(report("--ledger", "empty.db")).isEqualTo(3);
    assertThat(console.err()).contains("is a database without a ledger.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --month 2026-13                   | --month must be a month as in 2026-11, not "2026-13".
          --month 2027-01                   | --month 2027-01 has not begun: the month under way is 2026-11.
          --by user --month 2027-01         | --month 2027-01 has not begun: the month under way is 2026-11.
          --month 2026-10 --to 2026-11-02   | --month and --from or --to both say which days. Give one of the two.
          --from 1.11.2026                  | --from must be a day as in 2026-11-01, not "1.11.2026".
          --from 2026-11-05 --to 2026-11-02 | --to 2026-11-02 is before --from 2026-11-05. Name the earlier day with --from.
          --from 2026-12-05                 | --to 2026-11-11 is before --from 2026-12-05. Name the earlier day with --from.
          --trend year                      | --trend must be day, week or month, not "year".
          --format pdf                      | --format must be one of text, markdown, html, csv, json, not "pdf".
          --by user --format html           | --format html is for the report of a month. Take costs apart as text, csv or json.
          --by a --by b --trend day         | Costs are taken apart by two things at most. Give --by twice, or once with --trend.
          --by session                      | --by and --where name attributes. Totals are not kept by session
          --by 1st                          | --by and --where name attributes. "1st" can't be the name of an attribute
          """)
  void namesTheOptionTheValueAndTheRemedy(String options, String problem) {
    assertThat(report(options.split(" "))).isEqualTo(3);
    assertThat(console.err()).contains(problem);
    assertThat(console.out()).isEmpty();
  }
}
