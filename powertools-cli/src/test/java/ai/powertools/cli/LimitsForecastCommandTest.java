package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsForecastCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(folder).at(Instant.parse("2026-11-27T12:00:00Z"));
  }

  @Test
  void saysHowLongAQuotaLasts() {
    assertThat(forecast("--limit", "tokens=2M/day", "--used", "tokens=1.2M")).isZero();
    assertThat(console.out())
        .isEqualTo(
            "2,000,000 tokens per day (UTC): 1,200,000 used (60 %), 100,000 per hour, safe 66,667"
                + " per hour; runs out at 2026-11-27T20:00Z; back at 2026-11-28T00:00Z\n");
  }

  @Test
  void namesTheOneThatRunsOutFirst() {
    assertThat(
            forecast(
                "--limit",
                "tokens=2M/day",
                "--limit",
                "requests=1000/24h",
                "--used",
                "tokens=1.2M",
                "--zone",
                "Asia/Tokyo"))
        .isZero();
    assertThat(console.out()).hasLineCount(3).endsWith("\nnothing is likely to run out\n");
    assertThat(
            forecast(
                "--limit", "tokens=2M/day", "--limit", "requests=9/hour", "--used", "tokens=1.2M"))
        .isZero();
    assertThat(console.out()).endsWith("\ntokens run out first\n");
  }

  @Test
  void saysWhetherCallsFitAndEndsWithCodeFourIfNot() {
    String[] quota = {"--limit", "tokens=2M/day", "--used", "tokens=1.4M", "--tokens", "1500"};
    assertThat(forecast(quota, "--calls", "400")).isZero();
    assertThat(console.out()).contains("\nYes: all 400 calls fit before 2026-11-28T00:00:00Z");
    assertThat(forecast(quota, "--calls", "401")).isEqualTo(4);
    assertThat(console.out()).contains("\nNo: 400 of 401 calls fit before 2026-11-28T00:00:00Z");
    assertThat(
            forecast(
                quota,
                "--calls",
                "400",
                "--policy",
                "requests=1/m",
                "--until",
                "2026-11-27T13:00:00Z"))
        .isEqualTo(4);
    assertThat(console.out()).endsWith("In the way: 1 request per minute.\n");
  }

  @Test
  void theSameAsJson() throws IOException {
    assertThat(
            forecast(
                "--limit",
                "tokens=2M/day",
                "--used",
                "tokens=1.2M",
                "--calls",
                "10",
                "--tokens",
                "1k",
                "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(console.out());
    JsonNode quota = json.get("quotas").get(0);
    assertThat(quota.get("name").asText()).isEqualTo("tokens");
    assertThat(quota.get("left").asLong()).isEqualTo(800_000);
    assertThat(quota.get("exhausted_at").asText()).isEqualTo("2026-11-27T20:00:00Z");
    assertThat(json.get("first").asText()).isEqualTo("tokens");
    assertThat(json.get("fit").get("fits").asBoolean()).isTrue();
    assertThat(json.get("fit").get("in_the_way").isNull()).isTrue();
  }

  @Test
  void saysWhatIsWrong() {
    String[] quota = {"--limit", "tokens=2M/day"};
    assertThat(forecast()).isEqualTo(2);
    assertWrong("--limit must be a quota such as tokens=2M/day", "--limit", "2M");
    assertWrong("--limit tokens=0/day leaves nothing to be used.", "--limit", "tokens=0/day");
    assertWrong("--limit needs a window of an hour or more.", "--limit", "tokens=5/0h");
    assertWrong(
        "--limit: an amount is a whole number, perhaps with k or M", "--limit", "tokens=x/day");
    assertWrong(
        "--limit: 9999999999M is more than can be counted: give at most 1000000000000000.",
        "--limit",
        "tokens=9999999999M/day");
    assertThat(forecast(quota, "--used", "images=3")).isEqualTo(3);
    assertThat(console.err()).startsWith("--used names images, of which there is no --limit.");
    assertThat(forecast(quota, "--used", "tokens=0.5")).isEqualTo(3);
    assertThat(console.err()).startsWith("--used: an amount is a whole number");
    assertThat(forecast(quota, "--zone", "Mars")).isEqualTo(3);
    assertThat(console.err()).startsWith("--zone must be a time zone such as UTC");
    assertThat(forecast(quota, "--policy", "x")).isEqualTo(3);
    assertThat(console.err()).startsWith("--policy is wrong. ");
    assertThat(forecast(quota, "--calls", "0")).isEqualTo(3);
    assertThat(console.err()).startsWith("--calls can not be answered. Ask about one to");
    assertThat(forecast(quota, "--calls", "5", "--until", "tonight")).isEqualTo(3);
    assertThat(console.err()).startsWith("--until must be a moment such as");
    assertThat(forecast(quota, "--calls", "5", "--until", "2026-11-27T12:00:00Z")).isEqualTo(3);
    assertThat(console.err()).startsWith("--calls can not be answered. It is past");
  }

  private void assertWrong(String message, String... arguments) {
    assertThat(forecast(arguments)).isEqualTo(3);
    assertThat(console.err()).startsWith(message);
  }

  private int forecast(String[] some, String... more) {
    String[] all = new String[some.length + more.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return forecast(all);
  }

  private int forecast(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "limits";
    all[1] = "forecast";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return console.run(all);
  }
}
