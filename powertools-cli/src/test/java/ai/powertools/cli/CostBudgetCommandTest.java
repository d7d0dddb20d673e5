package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.cost.CallSpan;
import ai.powertools.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How budgets of the configuration, and ones that are only described, stand. */
class CostBudgetCommandTest {
  private static final String BUDGETS =
      """
      home: %s
      models: openai:gpt-5-mini
      providers: { openai: { key: "${NO_SUCH_KEY}" } }
      budgets:
        - { name: searching, usd: 2, where: { team: search }, zone: Europe/Berlin, alerts: [50] }
        - { usd: 0.40, each: user, per: month, at_limit: allow }
        - { name: week, usd: 5, rolling: 7d }
        - { name: never used, usd: 1, per: ever, where: { project: x }, each: [team] }
      """;

  @TempDir Path folder;
  private Path ledger;
  private Console console;

  @BeforeEach
  void open() {
    ledger = folder.resolve("home/state.db");
    SmallLedger.november(ledger);
    console = new Console(folder).at(Instant.parse("2026-11-11T12:00:00Z"));
  }

  private void configure() throws IOException {
    Files.writeString(folder.resolve("powertools.yaml"), BUDGETS.formatted(folder.resolve("home")));
  }

  private List<String> counters() {
    try (Store store = Store.sqlite(ledger)) {
      return store.read(
          sql -> sql.query("SELECT text FROM cost_counter", row -> row.string("text")));
    }
  }

  @Test
  void showsHowThoseOfTheConfigurationStandWithoutAKeyForAnyModel() throws IOException {
    configure();
    assertThat(console.run("cost", "budget")).isZero();
    assertThat(console.out().lines().toList())
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).matches("budget +share +spent +reserved +limit +left .*");
              assertThat(lines.get(1))
                  .matches(
                      "searching, monthly +all +\\$1\\.05 +\\$0\\.00 +\\$2\\.00 +\\$0\\.95"
                          + " +\\[#{10}\\.{10}] +52\\.5 % +2026-12-01 00:00 Europe/Berlin");
              assertThat(lines.get(2))
                  .matches(
                      "each user, monthly +user=ada +\\$1\\.00 .* -\\$0\\.60 +\\[#{20}]"
                          + " +250\\.0 % +2026-12-01 00:00 UTC");
              assertThat(lines.get(3)).matches("each user, monthly +user=bob +\\$0\\.45 .*");
              assertThat(lines.get(4)).matches("week, in any 7 days +all +\\$0\\.40 .* rolling");
            })
        .hasSize(5);
    assertThat(console.err()).contains("Nothing is spent yet of \"never used, in all\".");
  }

  @Test
  void lookingLeavesTheLedgerAsItIs() throws IOException {
    configure();
    assertThat(console.run("cost", "budget")).isZero();
    assertThat(console.run("cost", "budget", "--usd", "1", "--per", "day")).isZero();
    assertThat(console.run("cost", "forecast", "--budget", "3")).isZero();
    assertThat(console.run("cost", "report")).isZero();
    assertThat(counters()).isEmpty();
  }

  @Test
  void checkingEndsWithACodeWhereOneIsUsedUp() throws IOException {
    configure();
    assertThat(console.run("cost", "budget", "--check")).isEqualTo(4);
    assertThat(console.err())
        .contains("Used up: each user, monthly (user=ada); each user, monthly (user=bob).");
    assertThat(console.run("cost", "budget", "--check", "--usd", "2")).isZero();
    assertThat(console.run("cost", "budget", "--check", "--usd", "1.45")).isEqualTo(4);
    assertThat(console.run("cost", "budget", "--check", "--usd", "0", "--where", "team=none"))
        .isZero();
    assertThat(console.out()).contains("[....................]");
  }

  @Test
  void theSameAsJsonIsALineEachWithEveryDigitAsAText() throws IOException {
    configure();
    assertThat(console.run("cost", "budget", "--json")).isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(4);
    JsonNode searching = new ObjectMapper().readTree(lines.get(0));
    assertThat(searching.get("name").asText()).isEqualTo("searching");
    assertThat(searching.get("share").isNull()).isTrue();
    assertThat(searching.get("spent_usd").asText()).isEqualTo("1.05");
    assertThat(searching.get("left_usd").asText()).isEqualTo("0.95");
    assertThat(searching.get("window_start").asText()).isEqualTo("2026-10-31T23:00:00Z");
    assertThat(searching.get("window_end").asText()).isEqualTo("2026-11-30T23:00:00Z");
    assertThat(searching.get("where").get("team").asText()).isEqualTo("search");
    assertThat(searching.get("alerts").get(0).asInt()).isEqualTo(50);
    assertThat(searching.get("at_limit").asText()).isEqualTo("refuse");
    JsonNode ada = new ObjectMapper().readTree(lines.get(1));
    assertThat(ada.get("share").asText()).isEqualTo("user=ada");
    assertThat(ada.get("over_usd").asText()).isEqualTo("0.6");
    assertThat(ada.get("used_up").asBoolean()).isTrue();
    assertThat(ada.get("each").get(0).asText()).isEqualTo("user");
    assertThat(ada.get("at_limit").asText()).isEqualTo("allow");
  }

  @Test
  void looksAtABudgetThatNobodyIsHeldTo() throws IOException {
    assertThat(
            console.run(
                "cost", "budget", "--usd", "10", "--per", "ever", "--each", "team", "--json"))
        .isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode search = new ObjectMapper().readTree(lines.get(1));
    assertThat(search.get("share").asText()).isEqualTo("team=search");
    assertThat(search.get("spent_usd").asText()).isEqualTo("4.05");
    assertThat(search.get("window_start").isNull()).isTrue();
    assertThat(search.get("window_end").isNull()).isTrue();
    assertThat(console.run("cost", "budget", "--usd", "10", "--per", "ever")).isZero();
    assertThat(console.out()).contains("for ever");
  }

  @Test
  void seesWhatCallsUnderWayHold() {
    try (SmallLedger running = SmallLedger.at(ledger, "2026-11-11T12:00:00Z");
        CallSpan span = running.begin("search", "ada", 25)) {
      assertThat(console.run("cost", "budget", "--usd", "2")).isZero();
      assertThat(console.out())
          .containsPattern("\\$1\\.45 +\\$0\\.25 +\\$2\\.00 +\\$0\\.30 +\\[#{14}\\+{3}\\.{3}]");
      span.notSent();
    }
  }

  @Test
  void saysWhereNoBudgetIsSet() {
    assertThat(console.run("cost", "budget")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).startsWith("No budget is set: budget or budgets in powertools.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --usd ten                    | --usd must be an amount of dollars such as 0.01 or 100, not "ten".
          --usd 5 --per year           | --per must be hour, day, week, month or ever, not "year".
          --per day                    | --per, --where and --each describe a budget that needs a limit. Give --usd as well.
          --usd 5 --each 1st           | --each is wrong. "1st" can't be the name of an attribute
          --usd 5 --where 1st=x        | --where 1st=x is wrong. "1st" can't be the name of an attribute
          --config none.yaml           | Could not read
          """)
  void namesTheOptionTheValueAndTheRemedy(String options, String problem) {
    String[] words = ("cost budget " + options).split(" ");
    assertThat(console.run(words)).isEqualTo(3);
    assertThat(console.err()).contains(problem);
  }
}
