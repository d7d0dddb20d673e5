package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prompt would cost, by a book of prices of the test's own. */
class CostEstimateCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("prices.json"), CostPriceCommandTest.PRICES);
    Files.writeString(folder.resolve("prompt.txt"), "Hello world");
    console = new Console(folder).at(Instant.parse("2026-08-15T10:00:00Z"));
  }

  private int estimate(String... options) {
    String[] all = new String[options.length + 5];
    System.arraycopy(
        new String[] {"cost", "estimate", "--prices", "prices.json", "prompt.txt"}, 0, all, 0, 5);
    System.arraycopy(options, 0, all, 5, options.length);
    return console.run(all);
  }

  @Test
  void saysWhatAPromptCostsAndWhatTheWorstCaseIs() {
    assertThat(estimate("--model", "gpt-a", "--max-output", "50")).isZero();
    assertThat(console.out())
        .contains("model     openai/gpt-a\n")
        .contains("tokens    2 exactly; as one message about 9, at most ")
        .contains("input     $0.000002 (exact)\n")
        .contains(", with an answer of 50 tokens\n")
        .doesNotContain("problem");
  }

  @Test
  void theWorstCaseHasAllTokensThatThereCanBe() throws IOException {
    assertThat(estimate("--model", "gpt-a", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("tokens").asLong()).isEqualTo(2);
    assertThat(json.get("exact").asBoolean()).isTrue();
    assertThat(json.get("atMost").asLong()).isEqualTo(2);
    assertThat(json.get("maxOutput").asLong()).isEqualTo(100);
    assertThat(json.get("inputCost").asText()).isEqualTo("0.000002");
    assertThat(json.get("certainty").asText()).isEqualTo("exact");
    BigDecimal most =
        BigDecimal.valueOf(json.get("messageAtMost").asLong() + 4 * 100).movePointLeft(6);
    assertThat(new BigDecimal(json.get("worstCase").asText())).isEqualByComparingTo(most);
  }

  @Test
  void comparesModelsTheCheapestFirstAndTheUnknownLast() {
    assertThat(
            estimate(
                "--model",
                "claude-a",
                "--model",
                "gpt-a",
                "--provider",
                "Anthropic",
                "--tier",
                "batch"))
        .isZero();
    assertThat(console.out().lines().map(line -> line.split(" ", 2)[0]).toList())
        .startsWith("model", "openai/gpt-a", "anthropic/claude-a", "anthropic/claude-b");
    assertThat(console.out()).contains("anthropic/claude-a has no price for tier batch");

    assertThat(estimate("--model", "claude-a", "--model", "gpt-a", "--provider", "anthropic"))
        .isZero();
    assertThat(console.out().lines().map(line -> line.split(" ", 2)[0]).toList())
        .containsExactly("model", "openai/gpt-a", "anthropic/claude-b", "anthropic/claude-a");
  }

  @Test
  void saysWhenAPromptMayBeTooLong() throws IOException {
    Files.writeString(folder.resolve("prompt.txt"), "word ".repeat(2_000));
    assertThat(estimate("--model", "gpt-a")).isZero();
    assertThat(console.out()).contains("problem   it may be too long: up to 2,0");
    assertThat(estimate("--provider", "openai", "--model", "claude-a")).isZero();
    assertThat(console.out()).contains("openai/gpt-a may be too short for it: up to 2,0");
  }

  @Test
  void readsWhatIsPipedIn() {
    console.pipe("Hello world");
    assertThat(console.run("cost", "estimate", "--model", "gpt-5-mini", "-")).isZero();
    assertThat(console.out()).contains("tokens    2 exactly").contains("input     $0.0000005");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(estimate()).isEqualTo(2);
    assertThat(console.err()).startsWith("Missing required option: '--model=NAME'");
    assertThat(estimate("--model", "gpt-b")).isEqualTo(3);
    assertThat(console.err()).contains("Did you mean gpt-a?");
    assertThat(estimate("--provider", "acme")).isEqualTo(3);
    assertThat(console.err()).contains("There are models of openai, anthropic.");
    assertThat(estimate("--model", "gpt-a", "--max-output", "-1")).isEqualTo(3);
    assertThat(console.run("cost", "estimate", "--model", "gpt-5", "nowhere.txt")).isEqualTo(3);
  }
}
