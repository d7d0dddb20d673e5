package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.events;
import static ai.powertools.testing.TestClient.json;
import static ai.powertools.testing.TestClient.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server of llama.cpp promises, and where it differs from OpenAI. */
class LlamaCppContractIT {
  private static final String CHAT = "/v1/chat/completions";
  private static final SimulatedAnswer RICH =
      SimulatedAnswer.builder()
          .reasoning("Weather is asked for.")
          .text("Let me see.")
          .toolCall("weather", "{\"city\":\"Paris\"}")
          .usage(new SimulatedUsage(100, 60, 0, 30, 20))
          .build();

  private final ProviderSimulator provider = ProviderSimulator.start().asLlamaCpp();
  private final TestClient client = new TestClient(provider.rootUrl());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void answersWithReasoningAndTimings() throws Exception {
    provider.answer(RICH);

    JsonNode body = json(client.send(CHAT, chat("x")));

    JsonNode message = body.at("/choices/0/message");
    assertThat(message.path("content").asText()).isEqualTo("Let me see.");
    assertThat(message.path("reasoning_content").asText()).isEqualTo("Weather is asked for.");
    assertThat(message.at("/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"city\":\"Paris\"}");
    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(body.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(60);
    assertThat(body.at("/timings/cache_n").asInt()).isEqualTo(60);
    assertThat(body.at("/timings/prompt_n").asInt()).isEqualTo(40);
    assertThat(body.at("/timings/predicted_n").asInt()).isEqualTo(30);
    assertThat(body.at("/timings/predicted_per_second").asDouble()).isPositive();
  }

  @Test
  void streamsReasoningTextToolsAndTimingsLast() throws Exception {
    provider.answer(RICH);

    List<String> events = events(client.send(CHAT, streamed("x")).body());

    List<JsonNode> chunks =
        events.subList(0, events.size() - 1).stream().map(TestClient::json).toList();
    assertThat(events).last().isEqualTo("[DONE]");
    assertThat(joined(chunks, "/choices/0/delta/reasoning_content"))
        .isEqualTo("Weather is asked for.");
    assertThat(joined(chunks, "/choices/0/delta/content")).isEqualTo("Let me see.");
    assertThat(joined(chunks, "/choices/0/delta/tool_calls/0/function/arguments"))
        .isEqualTo("{\"city\":\"Paris\"}");
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("tool_calls");
    assertThat(chunks.get(chunks.size() - 1).at("/timings/prompt_n").asInt()).isEqualTo(40);
    assertThat(chunks.get(chunks.size() - 1).at("/usage/total_tokens").asInt()).isEqualTo(130);
  }

  private static String joined(List<JsonNode> chunks, String pointer) {
    return chunks.stream()
        .map(chunk -> chunk.at(pointer))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .collect(Collectors.joining());
  }

  @Test
  void refusesEverythingWhileItLoadsWithoutUsingUpItsScript() throws Exception {
    provider.loading(2).answer("ready");

    HttpResponse<String> health = client.get("/health");
    HttpResponse<String> early = client.send(CHAT, chat("x"));

    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(json(health))
        .isEqualTo(
            json(
                "{\"error\":{\"code\":503,\"message\":\"Loading model\","
                    + "\"type\":\"unavailable_error\"}}"));
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(client.send(CHAT, chat("x")).body()).contains("ready");
    assertThatThrownBy(() -> provider.loading(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void failsInItsOwnShape() throws Exception {
    provider
        .rateLimit(Duration.ofSeconds(2))
        .fail(500)
        .errorInStream("Yes", "server_error", "It broke.");

    HttpResponse<String> limited = client.send(CHAT, chat("x"));
    JsonNode failed = json(client.send(CHAT, chat("x")));
    List<String> events = events(client.send(CHAT, streamed("x")).body());

    assertThat(limited.headers().firstValue("retry-after")).hasValue("2");
    assertThat(json(limited).at("/error/code").asInt()).isEqualTo(429);
    assertThat(failed.at("/error/type").asText()).isEqualTo("server_error");
    assertThat(json(events.get(events.size() - 1)).at("/error/message").asText())
        .isEqualTo("It broke.");
    assertThat(json(client.send(CHAT, "{}")).at("/error/type").asText())
        .isEqualTo("invalid_request_error");
  }

  @Test
  void refusesAKeyButNotAQuestionForItsHealth() throws Exception {
    provider.requireKey("another");

    HttpResponse<String> refused = client.send(CHAT, chat("x"));

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(json(refused).at("/error/type").asText()).isEqualTo("authentication_error");
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void turnsTextIntoTokensAndBack() throws Exception {
    JsonNode tokens = json(client.send("/tokenize", "{\"content\":\"Hé\"}"));
    JsonNode pieces = json(client.send("/tokenize", "{\"content\":\"Hé\",\"with_pieces\":true}"));
    JsonNode text = json(client.send("/detokenize", tokens.toString()));

    assertThat(tokens.path("tokens")).hasSize(2);
    assertThat(pieces.at("/tokens/1/piece").asText()).isEqualTo("é");
    assertThat(text.path("content").asText()).isEqualTo("Hé");
  }

  @Test
  void writesOutThePromptOfAChat() throws Exception {
    JsonNode body = json(client.send("/apply-template", chat("Why?")));

    assertThat(body.path("prompt").asText())
        .isEqualTo(
            """
            <|im_start|>system
            Be brief.<|im_end|>
            <|im_start|>user
            Why?<|im_end|>
            <|im_start|>assistant
            """);
  }

  @Test
  void tellsWhatItHasLoaded() throws Exception {
    provider.withModels("tiny");

    JsonNode props = json(client.get("/props"));
    JsonNode models = json(client.get("/v1/models"));
    JsonNode answer = json(client.send(CHAT, "{\"messages\":[]}"));

    assertThat(props.at("/default_generation_settings/n_ctx").asInt()).isEqualTo(4096);
    assertThat(props.path("model_path").asText()).isEqualTo("tiny.gguf");
    assertThat(models.at("/data/0/owned_by").asText()).isEqualTo("llamacpp");
    assertThat(answer.path("model").asText()).isEqualTo("tiny");
  }

  @Test
  void embeds() throws Exception {
    JsonNode body = json(client.send("/v1/embeddings", "{\"input\":[\"one\",\"two three\"]}"));

    assertThat(body.path("data")).hasSize(2);
    assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void isNotThereUnlessAskedFor() throws Exception {
    try (ProviderSimulator openAi = ProviderSimulator.start()) {
      TestClient other = new TestClient(openAi.rootUrl());

      assertThat(other.get("/health").statusCode()).isEqualTo(404);
      assertThat(json(other.send(CHAT, chat("x"))).has("timings")).isFalse();
    }
  }
}
