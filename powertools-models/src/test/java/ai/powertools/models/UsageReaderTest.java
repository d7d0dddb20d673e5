package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsageReaderTest {
  static Stream<Arguments> responses() {
    return Stream.of(
        Arguments.of(
            UsageReader.openAiChat(),
            """
            {"usage": {"prompt_tokens": 100, "completion_tokens": 40, "total_tokens": 140,
              "prompt_tokens_details": {"cached_tokens": 60, "audio_tokens": 5},
              "completion_tokens_details": {"reasoning_tokens": 30, "audio_tokens": 2}}}""",
            new Usage(
                100,
                60,
                0,
                40,
                30,
                Map.of(Unit.INPUT_AUDIO_TOKENS, 5L, Unit.OUTPUT_AUDIO_TOKENS, 2L))),
        Arguments.of(
            UsageReader.openAiResponses(),
            """
            {"usage": {"input_tokens": 100, "input_tokens_details": {"cached_tokens": 60,
              "cache_write_tokens": 10}, "output_tokens": 40,
              "output_tokens_details": {"reasoning_tokens": 30}}}""",
            new Usage(100, 60, 10, 40, 30)),
        Arguments.of(
            UsageReader.openAiEmbeddings(),
            "{\"usage\": {\"prompt_tokens\": 9, \"total_tokens\": 9}}",
            Usage.of(9, 0)),
        Arguments.of(
            UsageReader.openAiImages(),
            """
            {"usage": {"input_tokens": 50, "input_tokens_details": {"text_tokens": 10,
              "image_tokens": 40}, "output_tokens": 1056}}""",
            new Usage(
                50,
                0,
                0,
                1056,
                0,
                Map.of(Unit.INPUT_TEXT_TOKENS, 10L, Unit.INPUT_IMAGE_TOKENS, 40L))),
        Arguments.of(
            UsageReader.anthropic(),
            """
            {"usage": {"input_tokens": 10, "cache_creation_input_tokens": 30,
              "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20},
              "cache_read_input_tokens": 60, "output_tokens": 40,
              "output_tokens_details": {"thinking_tokens": 7},
              "server_tool_use": {"web_search_requests": 2, "web_fetch_requests": 1}}}""",
            new Usage(
                100,
                60,
                30,
                40,
                7,
                Map.of(
                    Unit.CACHE_WRITE_5M_TOKENS, 10L,
                    Unit.CACHE_WRITE_1H_TOKENS, 20L,
                    Unit.WEB_SEARCHES, 2L))),
        Arguments.of(
            UsageReader.gemini(),
            """
            {"usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 60,
              "cacheTokensDetails": [{"modality": "DOCUMENT", "tokenCount": 60}],
              "promptTokensDetails": [{"modality": "VIDEO", "tokenCount": 30},
                {"modality": "TEXT", "tokenCount": 10}, {"modality": "DOCUMENT", "tokenCount": 60}],
              "toolUsePromptTokenCount": 8, "toolUsePromptTokensDetails": [
                {"modality": "TEXT", "tokenCount": 8}],
              "candidatesTokenCount": 4, "thoughtsTokenCount": 6}}""",
            new Usage(
                108,
                60,
                0,
                10,
                6,
                Map.of(
                    Unit.CACHE_IMAGE_READ_TOKENS, 60L,
                    Unit.INPUT_VIDEO_TOKENS, 30L,
                    Unit.INPUT_TEXT_TOKENS, 18L,
                    Unit.INPUT_IMAGE_TOKENS, 60L,
                    Unit.INPUT_TOOL_TOKENS, 8L,
                    Unit.INPUT_TEXT_TOOL_TOKENS, 8L))),
        Arguments.of(
            UsageReader.bedrockConverse(),
            """
            {"usage": {"inputTokens": 10, "outputTokens": 5, "totalTokens": 115,
              "cacheReadInputTokens": 60, "cacheWriteInputTokens": 40}}""",
            new Usage(110, 60, 40, 5, 0)),
        Arguments.of(
            UsageReader.mistral(),
            "{\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 3}}",
            Usage.of(9, 3)),
        Arguments.of(
            UsageReader.groq(),
            "{\"x_groq\": {\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 3}}}",
            Usage.of(9, 3)),
        Arguments.of(
            UsageReader.deepSeek(),
            """
            {"usage": {"prompt_tokens": 9, "completion_tokens": 3, "prompt_cache_hit_tokens": 4,
              "prompt_cache_miss_tokens": 5}}""",
            new Usage(9, 4, 0, 3, 0)),
        Arguments.of(
            UsageReader.xai(),
            """
            {"usage": {"prompt_tokens": 9, "completion_tokens": 3,
              "completion_tokens_details": {"reasoning_tokens": 90}}}""",
            new Usage(9, 0, 0, 93, 90)),
        Arguments.of(
            UsageReader.cohere(),
            """
            {"usage": {"billed_units": {"input_tokens": 3, "output_tokens": 2},
              "tokens": {"input_tokens": 70, "output_tokens": 9}}}""",
            Usage.of(3, 2)),
        Arguments.of(
            UsageReader.perplexity(),
            """
            {"usage": {"prompt_tokens": 9, "completion_tokens": 3, "reasoning_tokens": 5,
              "citation_tokens": 7, "num_search_queries": 2}}""",
            new Usage(
                9, 0, 0, 15, 5, Map.of(Unit.OUTPUT_CITATION_TOKENS, 7L, Unit.WEB_SEARCHES, 2L))),
        Arguments.of(
            UsageReader.ollama(),
            "{\"model\": \"qwen3\", \"done\": true, \"eval_count\": 3}",
            Usage.of(0, 3)),
        Arguments.of(
            UsageReader.openRouter(),
            """
            {"usage": {"prompt_tokens": 9, "completion_tokens": 3,
              "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 5}}}""",
            new Usage(9, 4, 5, 3, 0)),
        Arguments.of(
            UsageReader.openAiCompatible(),
            "{\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 3, \"cached_tokens\": 2}}",
            new Usage(9, 2, 0, 3, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void countsEachTokenOnce(UsageReader reader, String json, Usage expected) {
    assertThat(reader.read(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, chat",
    "OpenAI, chat",
    "gemini, default",
    "vertex, default",
    "bedrock, default",
    "deepseek, default",
    "openrouter, chat",
    "azure, embeddings",
    "ollama, embeddings",
    "xai, chat",
    "aws, chat",
    "alibaba, chat",
    "together_ai, chat"
  })
  void isFoundByTheNamesOfProvidersAndApis(String provider, String api) {
    assertThat(UsageReader.of(provider, api)).isPresent();
  }

  @Test
  void isNotGuessed() {
    assertThat(UsageReader.of("openai", "default")).isPresent();
    assertThat(UsageReader.of("openai", "smoke-signals")).isEmpty();
    assertThat(UsageReader.of("acme", "chat")).isEmpty();
    assertThat(UsageReader.known()).hasSizeGreaterThan(50).contains("anthropic/default");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|This response is not JSON: ",
        "[]|This is no response of openai chat, or it has no usage: there is no object at usage.",
        "{\"usage\": null}|This is no response of openai chat, or it has no usage: there is no object at usage.",
        "{\"usage\": {\"prompt_tokens\": 1}}|The usage of this response of openai chat has no number at completion_tokens.",
        "{\"usage\": {\"prompt_tokens\": \"1\", \"completion_tokens\": 1}}|The usage of this response of openai chat has no number at prompt_tokens.",
        "{\"usage\": {\"prompt_tokens\": 1.5, \"completion_tokens\": 1}}|The usage of this response of openai chat has 1.5 at prompt_tokens, which is not a whole number.",
        "{\"usage\": {\"prompt_tokens\": -1, \"completion_tokens\": 1}}|The usage of this response of openai chat has -1 at prompt_tokens, which is below zero.",
        "{\"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1, \"prompt_tokens_details\": {\"cached_tokens\": 2}}}|The usage of this response of openai chat can't be right. A part is larger than its whole: input 1 (cached 2"
      })
  void saysWhatIsWrongWithAResponseAndWhere(String json, String message) {
    assertThatExceptionOfType(UnreadableUsageException.class)
        .isThrownBy(() -> UsageReader.openAiChat().read(json))
        .withMessageStartingWith(message);
  }

  @Test
  void saysWhenAllItsNumbersAreMissing() {
    assertThatExceptionOfType(UnreadableUsageException.class)
        .isThrownBy(() -> UsageReader.gemini().read("{\"usageMetadata\": {\"other\": 1}}"))
        .withMessage(
            "The usage of this response of gemini has none of its numbers; there are [other].");
  }

  @Test
  void takesWholeNumbersThatAreWrittenAsDecimals() {
    assertThat(
            UsageReader.mistral()
                .read("{\"usage\": {\"prompt_tokens\": 3.0, \"completion_tokens\": 2e1}}"))
        .isEqualTo(Usage.of(3, 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai|chat|{\"model\": \"m\", \"service_tier\": \"flex\", \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1}}|m|flex|",
        "openai|responses|{\"type\": \"response.completed\", \"response\": {\"model\": \"m\", \"service_tier\": \"priority\", \"usage\": {\"input_tokens\": 1, \"output_tokens\": 1}}}|m|priority|",
        "anthropic|default|{\"model\": \"m\", \"usage\": {\"input_tokens\": 1, \"output_tokens\": 1, \"service_tier\": \"standard\", \"speed\": \"fast\", \"inference_geo\": \"us\"}}|m|fast|us",
        "anthropic|default|{\"model\": \"m\", \"usage\": {\"input_tokens\": 1, \"output_tokens\": 1, \"service_tier\": \"priority\", \"speed\": \"standard\"}}|m|priority|",
        "google|default|{\"modelVersion\": \"m\", \"usageMetadata\": {\"promptTokenCount\": 1, \"trafficType\": \"ON_DEMAND_FLEX\"}}|m|ON_DEMAND_FLEX|",
        "aws|default|{\"serviceTier\": {\"type\": \"flex\"}, \"usage\": {\"inputTokens\": 1, \"outputTokens\": 1}}||flex|",
      })
  void saysWhichModelServedInWhichTierAndWhere(
      String provider, String api, String json, String model, String tier, String region) {
    UsageReport report = UsageReader.of(provider, api).orElseThrow().report(json);

    assertThat(report.servedModel().orElse(null)).isEqualTo(model);
    assertThat(report.tier().orElse(null)).isEqualTo(tier);
    assertThat(report.region().orElse(null)).isEqualTo(region);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"cost\": 0.00014|0.00014",
        "\"cost\": {\"total_cost\": 0.006}|0.006",
        "\"cost_in_usd_ticks\": 37756000|0.0037756"
      })
  void keepsTheCostThatTheVendorReports(String field, String expected) {
    String json = "{\"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1, %s}}";

    assertThat(UsageReader.openRouter().report(json.formatted(field)).vendorCost())
        .contains(Usd.of(expected));
  }

  @Test
  void refusesACostThatNobodyCanHaveReported() {
    assertThatExceptionOfType(UnreadableUsageException.class)
        .isThrownBy(
            () ->
                UsageReader.openRouter()
                    .read(
                        "{\"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1,"
                            + " \"cost\": 1e400}}"))
        .withMessageStartingWith("The cost that this response reports can't be right.");
  }

  @Test
  void namesItsApi() {
    assertThat(UsageReader.anthropic()).hasToString("UsageReader(anthropic messages)");
  }
}
