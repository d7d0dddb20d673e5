package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a month of a dollar a day comes to. */
class CostForecastCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    try (SmallLedger ledger =
        SmallLedger.at(folder.resolve("home/state.db"), "2026-11-01T12:00:00Z")) {
      for (int day = 1; day <= 15; day++) {
        ledger
            .until("2026-11-%02dT12:00:00Z".formatted(day))
            .call("search", "ada", SmallLedger.PENNY, 100);
      }
    }
    console = new Console(folder).at(Instant.parse("2026-11-16T00:00:00Z"));
  }

  @Test
  void saysWhatTheMonthWillHaveCostAndHowSureThatIs() {
    assertThat(console.run("cost", "forecast")).isZero();
    assertThat(console.out())
        .startsWith("November 2026: $15.00 spent by the 16th, about $30.00 expected (80 %: ")
        .contains("\n19 times in 20 it ends between ")
        .contains("\nburn rate: $1.00 a day lately\n")
        .contains("\naccuracy: ")
        .doesNotContain("budget");
  }

  @Test
  void saysWhenABudgetWillBeUsedUp() {
    assertThat(console.run("cost", "forecast", "--budget", "20")).isZero();
    assertThat(console.out()).contains("\nbudget: $20.00 runs out about 2026-11-20, 2026-11-");
    assertThat(console.run("cost", "forecast", "--budget", "1000")).isZero();
    assertThat(console.out()).endsWith("\nbudget: $1000.00 lasts\n");
  }

  @Test
  void theSameAsJsonHasEveryDigitAsAText() throws IOException {
    assertThat(console.run("cost", "forecast", "--budget", "20", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("first").asText()).isEqualTo("2026-11-01");
    assertThat(json.get("last").asText()).isEqualTo("2026-11-30");
    assertThat(json.get("spent_usd").asText()).isEqualTo("15");
    assertThat(json.get("burn_rate_usd").asText()).isEqualTo("1");
    assertThat(json.get("days")).hasSize(15);
    assertThat(json.get("interval95").get("low_usd").isTextual()).isTrue();
    assertThat(new BigDecimal(json.get("interval95").get("high_usd").asText()))
        .isGreaterThanOrEqualTo(new BigDecimal(json.get("expected_usd").asText()));
    assertThat(json.get("budget").get("expected").asText()).isEqualTo("2026-11-20");
    assertThat(json.get("budget").get("probability").decimalValue()).isEqualByComparingTo("1");
    assertThat(json.has("accuracy")).isTrue();
  }

  @Test
  void aHistoryThatIsLongEnoughTellsHowGoodForecastsWere() throws IOException {
    Path file = folder.resolve("long.db");
    try (SmallLedger ledger = SmallLedger.at(file, "2026-08-01T12:00:00Z")) {
      for (int day = 0; day < 107; day++) {
        ledger
            .until(Instant.parse("2026-08-01T12:00:00Z").plusSeconds(86_400L * day).toString())
            .call("search", "ada", SmallLedger.PENNY, 100 + day % 7);
      }
    }
    assertThat(console.run("cost", "forecast", "--json", "--ledger", "long.db")).isZero();
    JsonNode accuracy = new ObjectMapper().readTree(console.out()).get("accuracy");
    assertThat(accuracy.get("forecasts").asInt()).isPositive();
    assertThat(accuracy.get("coverage80").decimalValue())
        .isBetween(BigDecimal.ZERO, BigDecimal.ONE);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(console.run("cost", "forecast", "--budget", "much")).isEqualTo(3);
    assertThat(console.err())
        .startsWith("--budget must be an amount of dollars such as 0.01 or 100, not \"much\".");
    assertThat(console.run("cost", "forecast", "--ledger", "none.db")).isEqualTo(3);
    assertThat(console.err()).startsWith("There is no ledger at ");
  }
}
