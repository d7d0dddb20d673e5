package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageStreamTest {
  @Test
  void takesOpenAisLastChunk() {
    UsageReport report =
        read(
            UsageReader.openAiChat(),
            "{\"model\": \"gpt-x\", \"choices\": [{}], \"usage\": null}",
            "{\"model\": \"gpt-x\", \"choices\": [], \"service_tier\": \"default\","
                + " \"usage\": {\"prompt_tokens\": 5, \"completion_tokens\": 7}}",
            "[DONE]",
            "");

    assertThat(report.usage()).isEqualTo(Usage.of(5, 7));
    assertThat(report.servedModel()).contains("gpt-x");
    assertThat(report.tier()).contains("default");
  }

  @Test
  void takesTheEventThatCompletesOpenAisResponse() {
    UsageReport report =
        read(
            UsageReader.openAiResponses(),
            "{\"type\": \"response.created\", \"response\": {\"model\": \"gpt-x\", \"usage\": null}}",
            "{\"type\": \"response.output_text.delta\", \"delta\": \"Hi\"}",
            "{\"type\": \"response.completed\", \"response\": {\"model\": \"gpt-x\","
                + " \"output\": [{\"type\": \"web_search_call\"}],"
                + " \"usage\": {\"input_tokens\": 5, \"output_tokens\": 7}}}");

    assertThat(report.usage()).isEqualTo(new Usage(5, 0, 0, 7, 0, Map.of(Unit.WEB_SEARCHES, 1L)));
  }

  @Test
  void takesAnthropicsFirstAndLastNumbersWhichAreCumulative() {
    UsageReport report =
        read(
            UsageReader.anthropic(),
            "{\"type\": \"message_start\", \"message\": {\"model\": \"claude-x\", \"usage\":"
                + " {\"input_tokens\": 5, \"cache_read_input_tokens\": 3, \"output_tokens\": 1,"
                + " \"service_tier\": \"standard\"}}}",
            "{\"type\": \"message_delta\", \"delta\": {\"stop_reason\": null},"
                + " \"usage\": {\"output_tokens\": 4}}",
            "{\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"end_turn\"},"
                + " \"usage\": {\"output_tokens\": 9, \"input_tokens\": null}}");

    assertThat(report.usage()).isEqualTo(new Usage(8, 3, 0, 9, 0));
    assertThat(report.servedModel()).contains("claude-x");
    assertThat(report.tier()).contains("standard");
  }

  @Test
  void takesTheLastOfGeminisChunksAndItsSearches() {
    UsageReport report =
        read(
            UsageReader.gemini(),
            "{\"modelVersion\": \"g\", \"usageMetadata\": {\"promptTokenCount\": 5,"
                + " \"thoughtsTokenCount\": 2}, \"candidates\": [{\"groundingMetadata\":"
                + " {\"webSearchQueries\": [\"a\", \"\"]}}]}",
            "{\"modelVersion\": \"g\", \"usageMetadata\": {\"promptTokenCount\": 5,"
                + " \"candidatesTokenCount\": 7, \"thoughtsTokenCount\": 4},"
                + " \"candidates\": [{\"content\": {}}]}");

    assertThat(report.usage())
        .isEqualTo(
            new Usage(5, 0, 0, 11, 4, Map.of(Unit.WEB_SEARCHES, 1L, Unit.SEARCH_PROMPTS, 1L)));
    assertThat(report.servedModel()).contains("g");
  }

  @Test
  void takesWhatTheOthersSendLast() {
    assertThat(
            read(
                    UsageReader.bedrockConverse(),
                    "{\"messageStop\": {}}",
                    "{\"metadata\": {\"usage\": {\"inputTokens\": 5, \"outputTokens\": 7}}}")
                .usage())
        .isEqualTo(Usage.of(5, 7));
    assertThat(
            read(
                    UsageReader.ollama(),
                    "{\"model\": \"qwen3\", \"done\": false, \"eval_count\": 1}",
                    "{\"model\": \"qwen3\", \"done\": true, \"prompt_eval_count\": 5, \"eval_count\": 7}")
                .usage())
        .isEqualTo(Usage.of(5, 7));
    assertThat(
            read(
                    UsageReader.cohere(),
                    "{\"type\": \"message-end\", \"delta\": {\"usage\": {\"billed_units\":"
                        + " {\"input_tokens\": 5, \"output_tokens\": 7}}}}")
                .usage())
        .isEqualTo(Usage.of(5, 7));
    assertThat(
            read(
                    UsageReader.groq(),
                    "{\"x_groq\": {\"usage\": {\"prompt_tokens\": 5, \"completion_tokens\": 7}}}")
                .usage())
        .isEqualTo(Usage.of(5, 7));
  }

  @Test
  void knowsNothingOfAStreamThatBrokeBeforeItsNumbers() {
    UsageStream stream = UsageReader.openAiChat().stream();
    stream.accept("{\"model\": \"gpt-x\", \"choices\": [{}]}");

    assertThat(stream.report()).isEqualTo(Optional.empty());
    UsageStream responses = UsageReader.openAiResponses().stream();
    responses.accept(
        "{\"type\": \"response.created\", \"response\": {\"model\": \"m\", \"usage\": null}}");
    assertThat(responses.report()).isEmpty();
    UsageStream ollama = UsageReader.ollama().stream();
    ollama.accept("{\"model\": \"m\", \"done\": false, \"eval_count\": 1}");
    assertThat(ollama.report()).isEmpty();
    assertThatExceptionOfType(UnreadableUsageException.class)
        .isThrownBy(() -> stream.accept("{\"cut\": "));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic-basic_response.sse, 11, 6",
    "anthropic-tool_use_response.sse, 377, 65",
    "anthropic-stream-a-refusal.sse, 28, 106",
    "anthropic-stream-b-fallback.sse, 31, 547"
  })
  void readsRecordedStreams(String file, long input, long output) throws IOException {
    List<String> events =
        Files.readAllLines(SharedData.file("streams/" + file)).stream()
            .filter(line -> line.startsWith("data:"))
            .map(line -> line.substring("data:".length()))
            .toList();

    UsageReport report = read(UsageReader.anthropic(), events.toArray(String[]::new));

    assertThat(report.usage().inputTokens()).isEqualTo(input);
    assertThat(report.usage().outputTokens()).isEqualTo(output);
    assertThat(report.servedModel().orElseThrow()).startsWith("claude-");
  }

  private static UsageReport read(UsageReader reader, String... events) {
    UsageStream stream = reader.stream();
    for (String event : events) {
      stream.accept(event);
    }
    return stream.report().orElseThrow();
  }
}
