package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets as a configuration says them. */
class BudgetSectionTest {
  @TempDir Path folder;

  private Path file(String yaml) {
    try {
      return Files.writeString(folder.resolve("powertools.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Budget> read(String yaml) {
    return CostSettings.of(Optional.of(file(yaml)), Map.of("TEAM", "search")).budgets();
  }

  @Test
  void readsAllThatABudgetCanBe() {
    assertThat(
            read(
                """
                budget: { usd: 100 }
                budgets:
                  - name: searching
                    usd: 20.50
                    per: week
                    where: { team: "${TEAM}", project: find }
                    each: [user, task]
                    zone: Europe/Berlin
                    week_start: sunday
                    at_limit: allow
                    alerts: [95, 50, 80]
                  - { usd: 1, per: hour, where: { team: ads }, at_limit: refuse }
                  - { usd: 2, rolling: 7d, each: session }
                  - { name: month, usd: 3, month_start: 15 }
                  - { name: ever, usd: 4, per: ever, alerts: 100 }
                """))
        .containsExactly(
            Budget.usd(100).per(Period.MONTH),
            Budget.usd("20.5")
                .per(Period.WEEK)
                .where("team", "search")
                .where("project", "find")
                .forEach("user", "task")
                .in(ZoneId.of("Europe/Berlin"))
                .startingOn(DayOfWeek.SUNDAY)
                .softLimit()
                .alertAt(50, 80, 95)
                .named("searching"),
            Budget.usd(1).per(Period.HOUR).where("team", "ads"),
            Budget.usd(2).rolling(Duration.ofDays(7)).forEach("session"),
            Budget.usd(3).per(Period.MONTH).startingOnDay(15).named("month"),
            Budget.usd(4).per(Period.EVER).alertAt(100).named("ever"));
  }

  @ParameterizedTest
  @CsvSource({"7d, P7D", "24h, PT24H", "90m, PT90M", "90 m, PT90M", "PT36H, PT36H", "P2D, P2D"})
  void readsHowLongAWindowIs(String text, Duration length) {
    assertThat(read("budgets: { usd: 1, rolling: \"" + text + "\" }"))
        .containsExactly(Budget.usd(1).rolling(length));
  }

  @Test
  void anEmptyListIsNone() {
    assertThat(read("budgets:\n")).isEmpty();
    assertThat(read("budgets: []")).isEmpty();
    assertThat(CostSettings.of(Optional.empty(), Map.of()).budgets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          budgets: 5                                    | line 1: "budgets" must be a list of sections with keys of their own.
          budgets: [{ per: day }]                       | line 1: "budgets" needs a limit, as in usd: 100.
          budgets: [{ usd: ten }]                       | line 1: "budgets.usd" must be an amount of dollars such as 100 or 0.01, not "ten".
          budgets: [{ usd: -1 }]                        | line 1: "budgets.usd" must be an amount of dollars such as 100 or 0.01, not "-1".
          budgets: [{ usd: 1, pre: day }]               | line 1: "budgets.pre" is not known here; known are alerts, at_limit, each, month_start, name, per, rolling, usd, week_start, where, zone.
          budgets: [{ usd: 1, per: year }]              | line 1: "budgets.per" must be hour, day, week, month or ever, not "year".
          budgets: [{ usd: 1, rolling: week }]          | line 1: "budgets.rolling" must be a time from a minute to ten years, as in 24h, 7d or PT90M, not "week".
          budgets: [{ usd: 1, rolling: 5000d }]         | line 1: "budgets.rolling" must be a time from a minute to ten years, as in 24h, 7d or PT90M, not "5000d".
          budgets: [{ usd: 1, rolling: 1d, per: day }]  | line 1: "budgets.rolling" can't stand beside "per"; keep one of the two.
          budgets: [{ usd: 1, zone: Mars/Base }]        | line 1: "budgets.zone" must be a time zone such as Europe/Berlin or UTC, not "Mars/Base".
          budgets: [{ usd: 1, zone: UTC, rolling: 1d }] | line 1: "budgets.zone" is for a budget per hour, day, week or month; leave it out.
          budgets: [{ usd: 1, zone: UTC, per: ever }]   | line 1: "budgets.zone" is for a budget per hour, day, week or month; leave it out.
          budgets: [{ usd: 1, week_start: monday }]     | line 1: "budgets.week_start" is for a budget with per: week; leave it out.
          budgets: [{ usd: 1, per: week, week_start: 1 }] | line 1: "budgets.week_start" must be a day such as monday, not "1".
          budgets: [{ usd: 1, month_start: 29 }]        | line 1: "budgets.month_start" must be a day from 1 to 28, not "29".
          budgets: [{ usd: 1, month_start: first }]     | line 1: "budgets.month_start" must be a day from 1 to 28, not "first".
          budgets: [{ usd: 1, month_start: 2, per: day }] | line 1: "budgets.month_start" is for a budget with per: month; leave it out.
          budgets: [{ usd: 1, month_start: 2, rolling: 1d }] | line 1: "budgets.month_start" is for a budget with per: month; leave it out.
          budgets: [{ usd: 1, at_limit: warn }]         | line 1: "budgets.at_limit" must be refuse or allow, not "warn".
          budgets: [{ usd: 1, alerts: [50, 0] }]        | line 1: "budgets.alerts" must be a percentage from 1 to 1000, not "0".
          budgets: [{ usd: 1, alerts: 80% }]            | line 1: "budgets.alerts" must be a percentage from 1 to 1000, not "80%".
          budgets: [{ usd: 1, where: search }]          | line 1: "budgets.where" must be a section with keys of its own.
          budgets: [{ usd: 1, where: { 1st: x } }]      | line 1: "budgets.where" is wrong: "1st" can't be the name of an attribute
          budgets: [{ usd: 1, where: { team: [] } }]    | line 1: "budgets.where.team" must be a single value.
          budgets: [{ usd: 1, each: 1st }]              | line 1: "budgets.each" is wrong: "1st" can't be the name of an attribute
          """)
  void namesTheLineTheKeyAndTheRemedy(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("powertools.yaml, ")
        .hasMessageContaining(problem);
  }

  @Test
  void twoBudgetsOfOneNameAreToldApartByLine() {
    assertThatThrownBy(() -> read("budget: { usd: 100 }\nbudgets:\n  - usd: 5\n    per: day\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "line 3: \"budgets.name\" must tell it from the other budget \"all calls\", as in"
                + " name: \"all calls, daily\".");
  }

  @Test
  void saysWhereTheLedgerLiesWithoutAKeyForAnyModel() {
    Path yaml =
        file("home: ~/costs\nmodels: openai:x\nproviders: { openai: { key: \"${NONE}\" } }\n");
    CostSettings settings = CostSettings.of(Optional.of(yaml), Map.of());
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(settings.ledger()).isEqualTo(home.resolve("costs").resolve("state.db"));
    assertThat(settings.home(folder).ledger()).isEqualTo(folder.resolve("state.db"));
    assertThat(CostSettings.of(Optional.empty(), Map.of("POWERTOOLS_HOME", "/x")).home())
        .isEqualTo(Path.of("/x"));
    assertThat(CostSettings.of(Optional.of(file("timeout: 1m")), Map.of()).home())
        .isEqualTo(home.resolve(".powertools"));
  }

  @Test
  void theOrchestratorHoldsCallsToThem() {
    Path yaml =
        file(
            """
            home: %s
            models: builtin:extractive
            budgets:
              - { usd: 5, per: day }
              - { name: soft, usd: 1, at_limit: allow }
            """
                .formatted(folder.resolve("home")));
    try (AiOrchestrator ai = AiOrchestrator.from(yaml)) {
      assertThat(ai.costs().budgets())
          .extracting(status -> status.budget().label())
          .containsExactly("all calls, daily", "soft, monthly");
    }
  }
}
