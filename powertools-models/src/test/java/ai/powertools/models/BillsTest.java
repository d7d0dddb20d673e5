package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The known ways to get a bill wrong, each from a raw response to the amount. */
class BillsTest {
  private static final Instant DAY = Instant.parse("2026-08-01T12:00:00Z");

  private static final String BOOK =
      """
      {"version": 2, "models": [
        {"id": "gpt-x", "provider": "openai", "name": "GPT X", "contextTokens": 1000000,
         "maxOutputTokens": 1000, "tokenizer": "o200k_base", "asOf": "2026-08-01",
         "source": "https://example.com", "aliases": ["gpt-x-latest"], "prices": [
          {"rates": {"input_tokens": "2", "cache_read_tokens": "0.5", "output_tokens": "8",
                     "input_audio_tokens": "32", "output_audio_tokens": "64",
                     "cache_audio_read_tokens": "4", "web_searches": "10", "tool_sessions": "30",
                     "storage_searches": "2.5"},
           "longContext": [{"above": 200000, "rates": {"input_tokens": "4",
                     "cache_read_tokens": "1", "output_tokens": "12"}}], "regions": {"eu": "1.1"}},
          {"tier": "batch", "rates": {"input_tokens": "1", "output_tokens": "4"}},
          {"tier": "flex", "rates": {"input_tokens": "1.5", "output_tokens": "5"}},
          {"tier": "priority", "rates": {"input_tokens": "3.5", "output_tokens": "14"}}]},
        {"id": "embed", "provider": "openai", "name": "Embed", "contextTokens": 8000,
         "maxOutputTokens": 1, "tokenizer": "cl100k_base", "asOf": "2026-08-01",
         "source": "https://example.com", "prices": [{"rates": {"input_tokens": "0.02"}}]},
        {"id": "free", "provider": "openai", "name": "Free", "contextTokens": 8000,
         "maxOutputTokens": 1, "tokenizer": "o200k_base", "asOf": "2026-08-01",
         "source": "https://example.com",
         "prices": [{"rates": {"input_tokens": "0", "output_tokens": "0"}}]},
        {"id": "unpriced", "provider": "openai", "name": "Unpriced", "contextTokens": 8000,
         "maxOutputTokens": 1, "tokenizer": "o200k_base", "asOf": "2026-08-01",
         "source": "https://example.com"},
        {"id": "claude-x", "provider": "anthropic", "name": "Claude X", "contextTokens": 200000,
         "maxOutputTokens": 1000, "tokenizer": "claude", "asOf": "2026-08-01",
         "source": "https://example.com", "prices": [{"rates": {"input_tokens": "3",
            "cache_read_tokens": "0.3", "cache_write_tokens": "3.75", "cache_write_1h_tokens": "6",
            "output_tokens": "15", "web_searches": "10"}, "regions": {"us": "1.1"}}]},
        {"id": "claude-opus-x", "provider": "anthropic", "name": "Opus X", "contextTokens": 200000,
         "maxOutputTokens": 1000, "tokenizer": "claude", "asOf": "2026-08-01",
         "source": "https://example.com",
         "prices": [{"rates": {"input_tokens": "5", "output_tokens": "25"}}]},
        {"id": "gemini-old", "provider": "google", "name": "Old", "contextTokens": 200000,
         "maxOutputTokens": 1000, "tokenizer": "gemini", "asOf": "2026-08-01",
         "source": "https://example.com", "prices": [{"rates": {"input_tokens": "1",
            "input_audio_tokens": "3", "input_image_tokens": "2", "output_tokens": "4",
            "output_image_tokens": "30", "search_prompts": "35"}}]},
        {"id": "gemini-new", "provider": "google", "name": "New", "contextTokens": 200000,
         "maxOutputTokens": 1000, "tokenizer": "gemini", "asOf": "2026-08-01",
         "source": "https://example.com", "prices": [{"rates": {"input_tokens": "1",
            "output_tokens": "4", "web_searches": "14"}}]},
        {"id": "openai/gpt-x", "provider": "openrouter", "name": "GPT X", "contextTokens": 200000,
         "maxOutputTokens": 1000, "tokenizer": "o200k_base", "asOf": "2026-08-01",
         "source": "https://example.com",
         "prices": [{"rates": {"input_tokens": "2", "output_tokens": "8"}}]},
        {"id": "night", "provider": "deepseek", "name": "Night", "contextTokens": 200000,
         "maxOutputTokens": 1000, "tokenizer": "deepseek", "asOf": "2026-08-01",
         "source": "https://example.com", "prices": [
          {"rates": {"input_tokens": "2", "output_tokens": "2"}},
          {"rates": {"input_tokens": "1", "output_tokens": "1"}, "hoursUtc": "16:30-00:30"}]}
      ]}
      """;

  private final ModelCatalog catalog =
      ModelCatalog.of(
              ModelsFile.read(
                  "book.json", new ByteArrayInputStream(BOOK.getBytes(StandardCharsets.UTF_8))))
          .withDeployment("azure/our-chat", "gpt-x");

  static Stream<Arguments> bills() {
    String million = "\"prompt_tokens\": 1000000, \"completion_tokens\": 0";
    return Stream.of(
        bill(
            "cached tokens are in OpenAI's prompt already",
            "openai/chat",
            "",
            chat(
                "gpt-x",
                "\"prompt_tokens\": 1000, \"completion_tokens\": 100,"
                    + " \"prompt_tokens_details\": {\"cached_tokens\": 600}"),
            "0.0019"),
        bill(
            "cached tokens are beside Anthropic's input",
            "anthropic/default",
            "",
            chat(
                "claude-x",
                "\"input_tokens\": 400, \"cache_read_input_tokens\": 600,"
                    + " \"output_tokens\": 100"),
            "0.00288"),
        bill(
            "a cache write for an hour costs more than one for five minutes",
            "anthropic/default",
            "",
            chat(
                "claude-x",
                "\"input_tokens\": 0, \"cache_creation_input_tokens\": 300,"
                    + " \"cache_creation\": {\"ephemeral_5m_input_tokens\": 100,"
                    + " \"ephemeral_1h_input_tokens\": 200}, \"output_tokens\": 0"),
            "0.001575"),
        bill(
            "cached tokens count towards the long context, and have a long-context price",
            "openai/chat",
            "",
            chat(
                "gpt-x",
                "\"prompt_tokens\": 300000, \"completion_tokens\": 1000,"
                    + " \"prompt_tokens_details\": {\"cached_tokens\": 250000}"),
            "0.462"),
        bill(
            "an input of just the threshold is not long",
            "openai/chat",
            "",
            chat("gpt-x", "\"prompt_tokens\": 200000, \"completion_tokens\": 0"),
            "0.4"),
        bill(
            "one token more is, and all of it",
            "openai/chat",
            "",
            chat("gpt-x", "\"prompt_tokens\": 200001, \"completion_tokens\": 0"),
            "0.800004"),
        bill(
            "OpenAI's reasoning is in the completion",
            "openai/chat",
            "",
            chat(
                "gpt-x",
                "\"prompt_tokens\": 0, \"completion_tokens\": 100,"
                    + " \"completion_tokens_details\": {\"reasoning_tokens\": 90}"),
            "0.0008"),
        bill(
            "Gemini's thoughts are beside the candidates",
            "google/default",
            "",
            gemini(
                "gemini-old",
                "\"promptTokenCount\": 0, \"candidatesTokenCount\": 10,"
                    + " \"thoughtsTokenCount\": 90",
                ""),
            "0.0004"),
        bill(
            "priority was asked for, but not given",
            "openai/chat",
            "priority",
            served("gpt-x", "default", million),
            "4"),
        bill(
            "flex was given without being asked for",
            "openai/chat",
            "",
            served("gpt-x", "flex", "\"prompt_tokens\": 1000, \"completion_tokens\": 1000"),
            "0.0065"),
        bill(
            "a batch, which the response does not mention",
            "openai/chat",
            "batch",
            chat("gpt-x", "\"prompt_tokens\": 1000, \"completion_tokens\": 1000"),
            "0.005"),
        bill(
            "a batch, in which the response names the ordinary tier",
            "openai/chat",
            "batch",
            served("gpt-x", "default", "\"prompt_tokens\": 1000, \"completion_tokens\": 1000"),
            "0.005"),
        bill(
            "the batch price of a model is that of its dated snapshot",
            "openai/chat",
            "batch",
            chat("gpt-x-2026-05-05", "\"prompt_tokens\": 1000, \"completion_tokens\": 1000"),
            "0.005"),
        bill(
            "a deployment's own name, and the model that it serves",
            "azure/chat",
            "",
            chat("our-chat", "\"prompt_tokens\": 1000, \"completion_tokens\": 0"),
            "0.002"),
        bill(
            "Azure serves OpenAI's models under their names",
            "azure/chat",
            "",
            chat("gpt-x-2026-05-05", "\"prompt_tokens\": 1000, \"completion_tokens\": 0"),
            "0.002"),
        bill(
            "Gemini up to 2.5 charges for a prompt that was searched for",
            "google/default",
            "",
            gemini(
                "gemini-old",
                "\"promptTokenCount\": 0, \"candidatesTokenCount\": 0",
                "\"a\", \"b\", \"c\""),
            "0.035"),
        bill(
            "and later ones for each query",
            "google/default",
            "",
            gemini(
                "gemini-new",
                "\"promptTokenCount\": 0, \"candidatesTokenCount\": 0",
                "\"a\", \"b\", \"c\""),
            "0.042"),
        bill(
            "OpenAI charges for searches, not for pages opened; for sandboxes, not for runs",
            "openai/responses",
            "",
            """
            {"model": "gpt-x", "output": [
              {"type": "web_search_call", "action": {"type": "search", "query": "a"}},
              {"type": "web_search_call", "action": {"type": "open_page", "url": "b"}},
              {"type": "code_interpreter_call", "container_id": "c"},
              {"type": "code_interpreter_call", "container_id": "c"},
              {"type": "file_search_call"}, {"type": "message"}],
             "usage": {"input_tokens": 0, "output_tokens": 0}}""",
            "0.0425"),
        bill("a known price of zero is a price", "openai/chat", "", chat("free", million), "0"),
        bill(
            "Anthropic in the United States costs a tenth more",
            "anthropic/default",
            "",
            chat(
                "claude-x",
                "\"input_tokens\": 1000, \"output_tokens\": 0," + " \"inference_geo\": \"us\""),
            "0.0033"),
        bill(
            "sound in, sound out, and sound from the cache",
            "openai/realtime",
            "",
            """
            {"model": "gpt-x", "response": {"usage": {"input_tokens": 1000,
              "input_token_details": {"text_tokens": 400, "audio_tokens": 600,
                "cached_tokens": 300, "cached_tokens_details": {"audio_tokens": 200,
                "text_tokens": 100}}, "output_tokens": 50,
              "output_token_details": {"audio_tokens": 40, "text_tokens": 10}}}}""",
            // 300 text at 2, 400 sound at 32, 100 cached text at 0.5, 200 cached sound at 4,
            // 10 text at 8, 40 sound at 64
            "0.01689"),
        bill(
            "images in and images out",
            "google/default",
            "",
            """
            {"modelVersion": "gemini-old", "usageMetadata": {"promptTokenCount": 300,
              "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 40},
                {"modality": "IMAGE", "tokenCount": 260}], "candidatesTokenCount": 1300,
              "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1290}]}}""",
            "0.0393"),
        bill(
            "rejected prediction tokens are completion tokens like any other",
            "openai/chat",
            "",
            chat(
                "gpt-x",
                "\"prompt_tokens\": 0, \"completion_tokens\": 100,"
                    + " \"completion_tokens_details\": {\"accepted_prediction_tokens\": 10,"
                    + " \"rejected_prediction_tokens\": 60}"),
            "0.0008"),
        bill(
            "embeddings have no output",
            "openai/embeddings",
            "",
            chat("embed", "\"prompt_tokens\": 5000, \"total_tokens\": 5000"),
            "0.0001"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bills")
  void areRight(String what, String api, String tier, String body, String expected) {
    Cost cost = priced(api, tier, body, DAY).cost();

    assertThat(cost.total()).as("%s: %s", what, cost.lines()).contains(Usd.of(expected));
    assertThat(cost.certainty()).isEqualTo(Certainty.EXACT);
    assertThat(
            cost.lines().stream()
                .map(
                    line ->
                        line.rate()
                            .toBigDecimal()
                            .multiply(BigDecimal.valueOf(line.quantity()))
                            .divide(BigDecimal.valueOf(line.per())))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .as("the lines sum to the total")
        .isEqualByComparingTo(expected);
  }

  @Test
  void chargeWhatTheVendorRanBesideTheAnswerOnTop() {
    PricedCall call =
        priced(
            "anthropic/default",
            "",
            """
            {"model": "claude-x", "usage": {"input_tokens": 2390, "output_tokens": 121,
              "iterations": [
               {"type": "message", "input_tokens": 1128, "output_tokens": 110},
               {"type": "advisor_message", "model": "claude-opus-x", "input_tokens": 2518,
                "output_tokens": 22},
               {"type": "compaction", "input_tokens": 55196, "output_tokens": 125},
               {"type": "message", "input_tokens": 1262, "output_tokens": 11}]}}""",
            DAY);

    assertThat(call.cost().total()).contains(Usd.of("0.008985"));
    assertThat(call.iterations())
        .extracting(inner -> inner.model().orElseThrow().id() + " " + inner.cost())
        .containsExactly("claude-opus-x $0.01314", "claude-x $0.167463");
    assertThat(call.whole().total()).contains(Usd.of("0.189588"));
  }

  @Test
  void chargeAModelThatDeclinedBeforeAnotherAnswered() {
    PricedCall call =
        priced(
            "anthropic/default",
            "",
            """
            {"model": "claude-opus-x", "usage": {"input_tokens": 31, "output_tokens": 547,
              "iterations": [
               {"type": "message", "model": "claude-x", "input_tokens": 28, "output_tokens": 106},
               {"type": "fallback_message", "model": "claude-opus-x", "input_tokens": 31,
                "output_tokens": 547}]}}""",
            DAY);

    assertThat(call.cost().total()).contains(Usd.of("0.01383"));
    assertThat(call.whole().total()).contains(Usd.of("0.015504"));
  }

  @Test
  void areUnknownForAnUnknownModelAndNeverZero() {
    Cost cost =
        priced(
                "openai/chat",
                "",
                chat("gpt-y", "\"prompt_tokens\": 1, \"completion_tokens\": 1"),
                DAY)
            .cost();

    assertThat(cost.total()).isEmpty();
    assertThat(cost.reason()).contains("no model of openai is called gpt-y");
    Cost unpriced =
        priced(
                "openai/chat",
                "",
                chat("unpriced", "\"prompt_tokens\": 1, \"completion_tokens\": 1"),
                DAY)
            .cost();
    assertThat(unpriced.reason()).contains("no price is known for openai/unpriced");
  }

  @Test
  void areAnEstimateWhereTheModelThatServedIsNotKnownButTheOneAskedForIs() {
    UsageReport report = UsageReport.of(Usage.of(1_000, 0), "gpt-x-turbo-internal");

    PricedCall call = catalog.price("openai", Optional.of("gpt-x"), report, CallTerms.at(DAY));

    assertThat(call.cost().total()).contains(Usd.of("0.002"));
    assertThat(call.cost().certainty()).isEqualTo(Certainty.ESTIMATED);
  }

  @Test
  void keepTheVendorsOwnNumberBesideOurs() {
    PricedCall call =
        priced(
            "openrouter/chat",
            "",
            chat(
                "openai/gpt-x",
                "\"prompt_tokens\": 1000, \"completion_tokens\": 0," + " \"cost\": 0.0025"),
            DAY);

    assertThat(call.cost().total()).contains(Usd.of("0.002"));
    assertThat(call.vendorCost()).contains(Usd.of("0.0025"));
    assertThat(call.drift()).contains(Usd.of("0.0005"));
  }

  @Test
  void areUnknownInATierThatHasNoPrice() {
    Cost cost =
        priced(
                "anthropic/default",
                "priority",
                chat("claude-x", "\"input_tokens\": 1, \"output_tokens\": 1"),
                DAY)
            .cost();

    assertThat(cost.total()).isEmpty();
    assertThat(cost.reason())
        .contains("anthropic/claude-x has no price for tier priority, only for [standard]");
  }

  @Test
  void dependOnTheHourWhereTheVendorSaysSo() {
    String body = chat("night", "\"prompt_tokens\": 1000000, \"completion_tokens\": 0");

    assertThat(priced("deepseek/chat", "", body, DAY).cost().total()).contains(Usd.of("2"));
    assertThat(
            priced("deepseek/chat", "", body, Instant.parse("2026-08-01T23:59:59Z")).cost().total())
        .contains(Usd.of("1"));
    assertThat(
            priced("deepseek/chat", "", body, Instant.parse("2026-08-02T00:30:00Z")).cost().total())
        .contains(Usd.of("2"));
  }

  @Test
  void areNotMadeFromAPricePerMillionThatWasMeantPerToken() {
    String slip = BOOK.replace("\"0.02\"", "\"0.00000002\"");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                ModelsFile.read(
                    "book.json", new ByteArrayInputStream(slip.getBytes(StandardCharsets.UTF_8))))
        .withMessage(
            "book.json, row 2 (openai/embed): prices[0].rates.input_tokens is absurdly small for a"
                + " price per million tokens (was it meant per token, and so $0.02 per million?):"
                + " must be 0 or at least 0.001, not \"0.00000002\".");
  }

  @Test
  void areAnEstimateWhereCachedSoundIsNotToldApart() {
    Cost cost =
        priced(
                "openai/chat",
                "",
                chat(
                    "gpt-x",
                    "\"prompt_tokens\": 1000, \"completion_tokens\": 0,"
                        + " \"prompt_tokens_details\": {\"cached_tokens\": 100, \"audio_tokens\": 100}"),
                DAY)
            .cost();

    assertThat(cost.certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(cost.total()).contains(Usd.of("0.00485"));
  }

  private PricedCall priced(String api, String tier, String body, Instant at) {
    String[] parts = api.split("/", -1);
    UsageReport report = UsageReader.of(parts[0], parts[1]).orElseThrow().report(body);
    return catalog.price(parts[0], Optional.empty(), report, CallTerms.at(at).tier(tier));
  }

  private static Arguments bill(
      String what, String api, String tier, String body, String expected) {
    return Arguments.of(what, api, tier, body, expected);
  }

  private static String chat(String model, String usage) {
    return "{\"model\": \"%s\", \"usage\": {%s}}".formatted(model, usage);
  }

  private static String served(String model, String tier, String usage) {
    return "{\"model\": \"%s\", \"service_tier\": \"%s\", \"usage\": {%s}}"
        .formatted(model, tier, usage);
  }

  private static String gemini(String model, String usage, String queries) {
    return """
        {"modelVersion": "%s", "usageMetadata": {%s}, "candidates": [
          {"groundingMetadata": {"webSearchQueries": [%s]}}]}"""
        .formatted(model, usage, queries);
  }
}
