package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded calls, priced by a book of prices of the test's own. */
class CostPriceCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Two price rows with a date between them, and a model that another one may run. */
  static final String PRICES =
      """
      {"version": 2, "models": [
        {"id": "gpt-a", "provider": "openai", "name": "A", "contextTokens": 1000,
         "maxOutputTokens": 100, "tokenizer": "o200k_base", "aliases": [], "asOf": "2026-08-01",
         "source": "https://example.org/prices",
         "prices": [
           {"until": "2026-06-01T00:00:00Z", "rates": {"input_tokens": "2", "output_tokens": "8"}},
           {"from": "2026-06-01T00:00:00Z",
            "rates": {"input_tokens": "1", "cache_read_tokens": "0.1", "output_tokens": "4"}},
           {"tier": "batch", "rates": {"input_tokens": "0.5", "output_tokens": "2"}}]},
        {"id": "claude-a", "provider": "anthropic", "name": "CA", "contextTokens": 1000,
         "maxOutputTokens": 100, "tokenizer": "claude", "aliases": [], "asOf": "2026-08-01",
         "source": "https://example.org/prices",
         "prices": [{"rates": {"input_tokens": "3", "output_tokens": "15"}}]},
        {"id": "claude-b", "provider": "anthropic", "name": "CB", "contextTokens": 1000,
         "maxOutputTokens": 100, "tokenizer": "claude", "aliases": [], "asOf": "2026-08-01",
         "source": "https://example.org/prices",
         "prices": [{"rates": {"input_tokens": "1", "output_tokens": "5"}}]}]}
      """;

  static final String CALL =
      "{\"provider\":\"openai\",\"api\":\"chat\",\"body\":{\"model\":\"gpt-a\","
          + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}}";

  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("prices.json"), PRICES);
    console = new Console(folder).at(Instant.parse("2026-08-15T10:00:00Z"));
  }

  private List<JsonNode> rows(int code, String... lines) throws IOException {
    Files.writeString(folder.resolve("calls.ndjson"), String.join("\n", lines));
    assertThat(console.run("cost", "price", "calls.ndjson", "--json", "--prices", "prices.json"))
        .as(console.err())
        .isEqualTo(code);
    assertThat(console.err()).isEmpty();
    List<JsonNode> rows = new ArrayList<>();
    for (String row : console.out().lines().toList()) {
      rows.add(MAPPER.readTree(row));
    }
    return rows;
  }

  private JsonNode row(String line) throws IOException {
    return rows(0, line).get(0);
  }

  @Test
  void saysWhatACallUsedAndWhatEachPartOfItCost() throws IOException {
    assertThat(row(CALL).toString())
        .isEqualTo(
            "{\"row\":1,\"provider\":\"openai\",\"api\":\"chat\",\"model\":\"openai/gpt-a\","
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":5},\"lines\":["
                + "{\"unit\":\"input_tokens\",\"quantity\":10,\"rate\":\"1\",\"per\":1000000,"
                + "\"amount\":\"0.00001\",\"priceRow\":{\"tier\":\"standard\","
                + "\"from\":\"2026-06-01T00:00:00Z\",\"recorded\":\"2026-08-01\"}},"
                + "{\"unit\":\"output_tokens\",\"quantity\":5,\"rate\":\"4\",\"per\":1000000,"
                + "\"amount\":\"0.00002\",\"priceRow\":{\"tier\":\"standard\","
                + "\"from\":\"2026-06-01T00:00:00Z\",\"recorded\":\"2026-08-01\"}}],"
                + "\"total\":\"0.00003\",\"certainty\":\"exact\"}");
  }

  @Test
  void takesTheTimeOfTheCallAndTheTierThatWasAskedFor() throws IOException {
    List<JsonNode> rows =
        rows(
            0,
            CALL.replace("{\"provider\"", "{\"at\":\"2026-05-31\",\"provider\""),
            CALL.replace("{\"provider\"", "{\"at\":\"2026-06-01T01:00:00+02:00\",\"provider\""),
            CALL.replace("{\"provider\"", "{\"tier\":\"batch\",\"provider\""),
            CALL.replace("{\"provider\"", "{\"tier\":\"flex\",\"provider\""));
    assertThat(rows.get(0).get("total").asText()).isEqualTo("0.00006");
    assertThat(rows.get(1).get("total").asText()).isEqualTo("0.00006");
    assertThat(rows.get(2).get("total").asText()).isEqualTo("0.000015");
    assertThat(rows.get(3).has("total")).isFalse();
    assertThat(rows.get(3).get("reason").asText()).contains("flex");
  }

  @Test
  void anUnknownModelHasNoTotalAndIsNoError() throws IOException {
    JsonNode row = row(CALL.replace("gpt-a", "gpt-z"));
    assertThat(row.has("model")).isFalse();
    assertThat(row.has("total")).isFalse();
    assertThat(row.get("certainty").asText()).isEqualTo("unknown");
    assertThat(row.get("reason").asText()).isEqualTo("no model of openai is called gpt-z");
    assertThat(row.get("usage").get("input_tokens").asLong()).isEqualTo(10);
  }

  @Test
  void theModelThatWasAskedForCountsWhereTheResponseIsSilent() throws IOException {
    JsonNode row =
        row(
            "{\"provider\":\"openai\",\"model\":\"gpt-a\",\"body\":{\"usage\":"
                + "{\"prompt_tokens\":10,\"completion_tokens\":5}}}");
    assertThat(row.get("api").asText()).isEqualTo("default");
    assertThat(row.get("total").asText()).isEqualTo("0.00003");
    assertThat(row.get("certainty").asText()).isEqualTo("exact");
  }

  @Test
  void takesABodyAsAStringAsEventsAndAsAStreamAsItCame() throws IOException {
    String chunk = "{\"model\":\"gpt-a\",\"choices\":[]}";
    String last = "{\"model\":\"gpt-a\",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}";
    String sse = "data: " + chunk + "\n\nevent: x\ndata: " + last + "\n\ndata: [DONE]\n";
    String list = "[" + chunk + " ,\t" + last + ",\"[DONE]\"]";
    List<JsonNode> rows =
        rows(
            0,
            "{\"provider\":\"openai\",\"body\":" + MAPPER.writeValueAsString(last) + "}",
            "{\"provider\":\"openai\",\"body\": " + list + " }",
            "{\"provider\":\"openai\",\"body\":" + MAPPER.writeValueAsString(list) + "}",
            "{\"provider\":\"openai\",\"body\":" + MAPPER.writeValueAsString(sse) + "}");
    assertThat(rows)
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.get("total").asText()).isEqualTo("0.00003"));
  }

  @Test
  void whatTheVendorRanOnTheWayComesOnTop() throws IOException {
    JsonNode row =
        row(
            """
            {"provider":"anthropic","body":{"model":"claude-a","usage":{"input_tokens":100,\
            "output_tokens":10,"iterations":[{"type":"message","input_tokens":100,\
            "output_tokens":10},{"type":"advisor_message","model":"claude-b","input_tokens":20,\
            "output_tokens":30}]}}}""");
    assertThat(row.get("total").asText()).isEqualTo("0.00045");
    assertThat(row.get("iterations")).hasSize(1);
    JsonNode iteration = row.get("iterations").get(0);
    assertThat(iteration.get("model").asText()).isEqualTo("anthropic/claude-b");
    assertThat(iteration.get("usage").toString())
        .isEqualTo("{\"input_tokens\":20,\"output_tokens\":30}");
    assertThat(iteration.get("total").asText()).isEqualTo("0.00017");
    assertThat(iteration.get("certainty").asText()).isEqualTo("exact");
    assertThat(iteration.get("lines")).hasSize(2);
    assertThat(row.get("billed").asText()).isEqualTo("0.00062");
  }

  @Test
  void whatTheVendorSaysKeepsEachOfItsDigits() throws IOException {
    JsonNode row =
        row(
            "{\"provider\":\"openrouter\",\"api\":\"chat\",\"body\":{\"model\":\"gpt-z\",\"usage\":"
                + "{\"prompt_tokens\":1,\"completion_tokens\":1,"
                + "\"cost\":0.12345678901234567890123456789}}}");
    assertThat(row.get("vendorCost").asText()).isEqualTo("0.12345678901234567890123456789");
  }

  @Test
  void tokensBeyondWhatADoubleHoldsAreCountedExactly() throws IOException {
    JsonNode row = row(CALL.replace("\"prompt_tokens\":10", "\"prompt_tokens\":9007199254740993"));
    assertThat(row.get("usage").get("input_tokens").asText()).isEqualTo("9007199254740993");
    assertThat(row.get("total").asText()).isEqualTo("9007199254.741013");
  }

  @Test
  void aNumberThatNoCallHasIsAnErrorOfItsRow() throws IOException {
    List<JsonNode> rows =
        rows(
            7,
            CALL.replace(":10", ":1e400"),
            "{\"provider\":\"openrouter\",\"body\":{\"model\":\"gpt-z\",\"usage\":"
                + "{\"prompt_tokens\":1,\"completion_tokens\":1,\"cost\":1e400}}}",
            CALL.replace("{\"provider\"", "{\"provider\":\"openai\",\"provider\""));
    assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row.has("error")).isTrue());
    assertThat(rows.get(1).get("error").asText())
        .startsWith("The cost that this response reports can't be right. Not an amount of dollars");
  }

  @Test
  void aRowThatCantBeReadIsSaidSoAndTheRestGoesOn() throws IOException {
    List<JsonNode> rows =
        rows(
            7,
            CALL,
            "",
            "{\"provider\":\"openai\"",
            "[1]",
            "{\"body\":{}}",
            "{\"provider\":\"openai\"}",
            "{\"provider\":\"acme\",\"body\":{}}",
            CALL.replace("\"chat\"", "\"chatt\""),
            CALL.replace("prompt_tokens", "tokens"),
            CALL.replace("{\"provider\"", "{\"at\":\"yesterday\",\"provider\""),
            CALL.replace("{\"provider\"", "{\"at\":1,\"provider\""),
            "{\"provider\":\"openai\",\"body\":7}",
            "{\"provider\":\"openai\",\"body\":\"sk-test-key\"}",
            "{\"provider\":\"openai\",\"body\":[{\"model\":\"gpt-a\"}]}",
            CALL.replace(":10", ":-10"),
            CALL + CALL,
            CALL);
    List<String> errors = new ArrayList<>();
    for (JsonNode row : rows.subList(1, rows.size() - 1)) {
      assertThat(row.fieldNames()).toIterable().containsExactly("row", "error");
      errors.add(row.get("row").asLong() + " " + row.get("error").asText());
    }
    assertThat(errors)
        .containsExactly(
            "3 The row is not JSON, or has a field twice: see character 21.",
            "4 The row must be a JSON object.",
            "5 provider is missing. Say who answered, as in \"openai\".",
            "6 body is missing. Put the response there, as the vendor sent it.",
            "7 No API default of a provider acme is known. powertools cost price --help lists those that are.",
            "8 Provider openai has no API chatt; known are chat, embeddings, responses, images, realtime.",
            "9 The usage of this response of openai chat has no number at prompt_tokens.",
            "10 at must be a date such as 2026-08-01 or a moment such as 2026-08-01T12:00:00Z, not \"yesterday\".",
            "11 at must be a string.",
            "12 body must be an object, a list of events, or a string with one of them.",
            "13 The string in body is not JSON, or has a field twice: see character 1.",
            "14 None of the events in body has usage. Ask the vendor for it with the stream.",
            "15 The usage of this response of openai chat has -10 at prompt_tokens, which is below zero.",
            "16 The row goes on after the end of its JSON. Put one value on a line.");
    assertThat(rows.get(0).get("total").asText()).isEqualTo("0.00003");
    assertThat(rows.get(rows.size() - 1).get("row").asLong()).isEqualTo(17);
    assertThat(rows.get(rows.size() - 1).get("total").asText()).isEqualTo("0.00003");
  }

  @Test
  void aLineThatIsNoTextIsARowThatCantBeRead() throws IOException {
    byte[] call = (CALL + "\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] noText = {(byte) 0xff, '\n'};
    byte[] marked = ("\uFEFF" + CALL + "\n").getBytes(StandardCharsets.UTF_8);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    bytes.writeBytes(marked);
    bytes.writeBytes(noText);
    bytes.writeBytes(call);
    Files.write(folder.resolve("calls.ndjson"), bytes.toByteArray());

    assertThat(console.run("cost", "price", "calls.ndjson", "--json", "--prices", "prices.json"))
        .isEqualTo(7);
    assertThat(console.out().lines())
        .satisfiesExactly(
            row -> assertThat(row).contains("\"total\":\"0.00003\""),
            row -> assertThat(row).contains("\"row\":2,\"error\":\"The line is no UTF-8 text."),
            row -> assertThat(row).contains("\"total\":\"0.00003\""));
  }

  @Test
  void tellsAPersonWhatItAllComesTo() throws IOException {
    String theirs =
        "{\"provider\":\"openrouter\",\"api\":\"chat\",\"body\":{\"model\":\"gpt-z\",\"usage\":"
            + "{\"prompt_tokens\":1,\"completion_tokens\":1,\"cost\":0.5}}}";
    String compared =
        CALL.replace("\"completion_tokens\":5", "\"completion_tokens\":5,\"cost\":0.00004");
    console.pipe(String.join("\n", CALL, theirs, compared, "nonsense", "\n"));

    assertThat(console.run("cost", "price", "-", "--prices", "prices.json")).isEqualTo(7);
    assertThat(console.out())
        .isEqualToNormalizingNewlines(
            """
                 1  openai/gpt-a  $0.00003 (exact)  input_tokens 10, output_tokens 5
                 2  openrouter/?  unknown (no model of openrouter is called gpt-z)  input_tokens 1, output_tokens 1
                    the vendor says $0.50
                 3  openai/gpt-a  $0.00003 (exact)  input_tokens 10, output_tokens 5
                    the vendor says $0.00004, $0.00001 more than we say
                 4  error: The row is not JSON, or has a field twice: see character 1.

            rows      4, 1 of them with an error
            total     $0.00006 exact + $0.00 estimated = $0.00006
            unknown   1 row, not in the total
            vendor    $0.50004 by the vendors' own words, in 2 rows; of the 1 that we know as well, $0.00001 more than we say
            """);
  }

  @Test
  void showsWhatTheVendorRanOnTheWayToAPersonAsWell() {
    console.pipe(
        """
        {"provider":"anthropic","body":{"model":"claude-a","usage":{"input_tokens":100,\
        "output_tokens":10,"iterations":[{"model":"claude-b","input_tokens":20,\
        "output_tokens":30}]}}}""");
    assertThat(console.run("cost", "price", "-", "--prices", "prices.json")).isZero();
    assertThat(console.out())
        .contains("and anthropic/claude-b  $0.00017 (exact)  input_tokens 20, output_tokens 30")
        .contains("in all $0.00062 (exact)")
        .contains("total     $0.00062 exact + $0.00 estimated = $0.00062");
  }

  @Test
  void goesByTheBundledPricesUnlessToldOtherwise() {
    console.pipe(CALL.replace("gpt-a", "gpt-5-mini"));
    assertThat(console.run("cost", "price", "-", "--json")).isZero();
    assertThat(console.out()).contains("\"total\":\"0.0000125\"");
  }

  @Test
  void nothingIsNoError() {
    assertThat(console.run("cost", "price", "-")).isZero();
    assertThat(console.out()).contains("rows      0\n").contains("unknown   0 rows");
  }

  @Test
  void saysWhatIsWrongWithFilesAndFormats() throws IOException {
    assertThat(console.run("cost", "price", "nowhere.ndjson")).isEqualTo(3);
    assertThat(console.err()).startsWith("Could not read nowhere.ndjson: NoSuchFileException.");

    assertThat(console.run("cost", "price", "-", "--prices", "nowhere.json")).isEqualTo(3);
    assertThat(console.err()).contains("nowhere.json");

    for (String format : List.of("litellm", "genai-prices", "models-dev")) {
      Files.writeString(folder.resolve("other.json"), "[]");
      assertThat(
              console.run(
                  "cost", "price", "-", "--prices", "other.json", "--prices-format", format))
          .isEqualTo(3);
      assertThat(console.err()).contains("other.json");
    }

    assertThat(
            console.run("cost", "price", "-", "--prices", "prices.json", "--prices-format", "csv"))
        .isEqualTo(3);
    assertThat(console.err())
        .startsWith("--prices-format must be ours, litellm, genai-prices or models-dev");

    assertThat(console.run("cost", "price", "-", "--prices-format", "ours")).isEqualTo(3);
    assertThat(console.run("cost", "price")).isEqualTo(2);
    assertThat(console.run("cost")).isZero();
    assertThat(console.out()).contains("price").contains("estimate");
    assertThat(console.run("cost", "price", "--help")).isZero();
    assertThat(console.out()).contains("anthropic/default").contains("exit code is 7");
  }
}
