package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models of a file of the test's own, and the bundled ones. */
class ModelsCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(
        folder.resolve("prices.json"),
        """
        {"version": 2, "models": [
          {"id": "gpt-a", "provider": "openai", "name": "GPT A", "contextTokens": 400000,
           "maxOutputTokens": 128000, "tokenizer": "o200k_base", "aliases": ["gpt-latest"],
           "asOf": "2026-08-01", "source": "https://example.org/prices",
           "prices": [
             {"until": "2026-06-01T00:00:00Z", "rates": {"input_tokens": "2", "output_tokens": "8"}},
             {"from": "2026-06-01T00:00:00Z",
              "rates": {"input_tokens": "1.25", "cache_read_tokens": "0.125", "output_tokens": "10"},
              "longContext": [{"above": 272000, "rates": {"input_tokens": "2.5"}}]},
             {"tier": "batch", "rates": {"input_tokens": "0.625", "output_tokens": "5"}}]},
          {"id": "old-b", "provider": "mistral", "name": "B", "contextTokens": 1000,
           "maxOutputTokens": 100, "tokenizer": "mistral", "aliases": [], "asOf": "2026-08-01",
           "source": "https://example.org/prices", "retired": "2026-07-01"}]}
        """);
    console = new Console(folder).at(Instant.parse("2026-08-15T10:00:00Z"));
  }

  private int models(String... arguments) {
    String[] all = new String[arguments.length + 3];
    System.arraycopy(new String[] {"models", "--prices", "prices.json"}, 0, all, 0, 3);
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return console.run(all);
  }

  @Test
  void listsWhatModelsChargeNow() {
    assertThat(models()).isZero();
    assertThat(console.out().lines().toList())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("model").endsWith("as of"),
            model ->
                assertThat(model.split(" +"))
                    .containsExactly(
                        "openai/gpt-a",
                        "400,000",
                        "128,000",
                        "$1.25",
                        "$0.125",
                        "$10.00",
                        "standard,batch",
                        "-",
                        "2026-08-01"));
    assertThat(console.err())
        .startsWith("1 models; dollars per million tokens at standard terms on 2026-08-15")
        .contains("1 that their vendors have ended: --all shows them.");
  }

  @Test
  void showsEndedModelsAndUnknownPricesWhenAsked() {
    assertThat(models("--all", "--provider", "Mistral")).isZero();
    assertThat(console.out().lines().toList().get(1).split(" +"))
        .containsExactly("mistral/old-b", "1,000", "100", "-", "-", "-", "-", "-", "2026-08-01");
  }

  @Test
  void tellsAllAboutOne() {
    assertThat(models("gpt-latest")).isZero();
    assertThat(console.out())
        .contains("model     openai/gpt-a (GPT A)\n")
        .contains("context   400,000 tokens, answers of at most 128,000\n")
        .contains("aliases   gpt-latest\n")
        .contains("tokenizer o200k_base\n")
        .contains("source    https://example.org/prices\n")
        .contains("price     standard, until 2026-06-01T00:00:00Z, recorded 2026-08-01\n")
        .contains("price     standard, from 2026-06-01T00:00:00Z, recorded 2026-08-01\n")
        .contains("cache_read_tokens        $0.125 per 1,000,000\n")
        .contains("above 272,000 tokens of input, for all of the call:\n")
        .contains("price     batch, recorded 2026-08-01\n");

    assertThat(models("old-b", "--provider", "mistral")).isZero();
    assertThat(console.out()).contains("retired   2026-07-01\n").contains("prices    not known\n");
  }

  @Test
  void printsOneJsonObjectForEachModel() throws IOException {
    assertThat(models("--json", "--all")).isZero();
    assertThat(console.err()).isEmpty();
    JsonNode first = new ObjectMapper().readTree(console.out().lines().toList().get(0));
    assertThat(first.get("model").asText()).isEqualTo("openai/gpt-a");
    assertThat(first.get("inputPerMillion").asText()).isEqualTo("1.25");
    assertThat(first.get("cachedInputPerMillion").asText()).isEqualTo("0.125");
    assertThat(first.get("outputPerMillion").isTextual()).isTrue();
    assertThat(first.get("prices")).hasSize(3);
    assertThat(first.get("prices").get(1).get("longContext").toString())
        .isEqualTo("[{\"above\":272000,\"rates\":{\"input_tokens\":\"2.5\"}}]");
    JsonNode second = new ObjectMapper().readTree(console.out().lines().toList().get(1));
    assertThat(second.has("prices")).isFalse();
    assertThat(second.get("retired").asText()).isEqualTo("2026-07-01");
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatWerePerhapsMeant() {
    assertThat(models("gpt-b")).isEqualTo(3);
    assertThat(console.err())
        .contains("No model is called \"gpt-b\"")
        .contains("Did you mean gpt-a?");
    assertThat(models("gpt-a", "--provider", "mistral")).isEqualTo(3);
    assertThat(console.err()).startsWith("No model of mistral is called \"gpt-a\".");
    assertThat(models("--provider", "acme")).isEqualTo(3);
    assertThat(console.err()).contains("There are models of openai, mistral.");
  }

  @Test
  void listsTheBundledModels() {
    assertThat(console.run("models")).isZero();
    assertThat(console.out()).contains("openai/gpt-5-mini ").contains("anthropic/claude-");
  }

  @Test
  void readsThePriceMapsOfOthers() {
    Path genai = SharedData.file("prices/genai-prices-v2.json");
    assertThat(
            console.run("models", "--prices", genai.toString(), "--prices-format", "genai-prices"))
        .isZero();
    assertThat(console.out().lines().count()).isGreaterThan(1_000);
    assertThat(
            console.run(
                "models",
                "openai/gpt-5",
                "--prices",
                genai.toString(),
                "--prices-format",
                "genai-prices"))
        .isZero();
    assertThat(console.out()).contains("price     any tier\n").contains("source    -\n");
  }
}
