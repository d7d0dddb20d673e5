package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Ollama's API promises beyond text. */
class OllamaContractIT {
  private static final String WHOLE = "{\"stream\": false, ";
  private static final SimulatedAnswer RICH =
      SimulatedAnswer.builder()
          .reasoning("Weather is asked for.")
          .text("Let me see.")
          .toolCall("weather", "{\"city\":\"Paris\",\"days\":3}")
          .toolCall("time", "confused")
          .usage(new SimulatedUsage(100, 60, 0, 30, 20))
          .servedModel("llama-served")
          .build();

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.rootUrl());

  @AfterEach
  void close() {
    provider.close();
  }

  private JsonNode whole() throws Exception {
    return json(client.send("/api/chat", chat("How is it?").replaceFirst("\\{", WHOLE)));
  }

  @Test
  void callsToolsWithArgumentsThatAreObjects() throws Exception {
    provider.answer(RICH);

    JsonNode body = whole();

    JsonNode calls = body.at("/message/tool_calls");
    assertThat(body.path("model").asText()).isEqualTo("llama-served");
    assertThat(body.at("/message/content").asText()).isEqualTo("Let me see.");
    assertThat(body.at("/message/thinking").asText()).isEqualTo("Weather is asked for.");
    assertThat(calls.at("/0/function/name").asText()).isEqualTo("weather");
    assertThat(calls.at("/0/function/arguments"))
        .isEqualTo(json("{\"city\":\"Paris\",\"days\":3}"));
    assertThat(calls.at("/1/function/arguments")).isEqualTo(json("{}"));
    assertThat(calls.at("/1/function/index").asInt()).isEqualTo(1);
    assertThat(body.path("done_reason").asText()).isEqualTo("stop");
    assertThat(body.path("prompt_eval_count").asInt()).isEqualTo(100);
    assertThat(body.path("eval_count").asInt()).isEqualTo(30);
  }

  @Test
  void streamsThinkingTextAndWholeToolCallsInThisOrder() throws Exception {
    provider.answer(RICH);

    List<JsonNode> lines =
        client.send("/api/chat", chat("x")).body().lines().map(TestClient::json).toList();

    String thinking =
        lines.stream()
            .map(line -> line.at("/message/thinking").asText(""))
            .collect(Collectors.joining());
    List<JsonNode> calling =
        lines.stream().filter(line -> line.at("/message").has("tool_calls")).toList();
    assertThat(thinking).isEqualTo("Weather is asked for.");
    assertThat(TestClient.textOf(lines)).isEqualTo("Let me see.");
    assertThat(lines.get(0).at("/message").has("thinking")).isTrue();
    assertThat(calling).hasSize(2);
    assertThat(calling.get(0).at("/message/tool_calls/0/function/arguments/days").asInt())
        .isEqualTo(3);
    assertThat(lines.get(lines.size() - 1).path("done").asBoolean()).isTrue();
    assertThat(lines.get(lines.size() - 1).path("total_duration").asLong()).isPositive();
  }

  @Test
  void saysThatTheLimitWasReached() throws Exception {
    provider.answer(SimulatedAnswer.builder().text("Half").finish(Finish.LENGTH).build());

    assertThat(whole().path("done_reason").asText()).isEqualTo("length");
  }

  @Test
  void embedsOneTextOrSeveral() throws Exception {
    JsonNode one =
        json(client.send("/api/embed", "{\"model\":\"e\",\"input\":\"one two\",\"dimensions\":4}"));
    JsonNode two = json(client.send("/api/embed", "{\"model\":\"e\",\"input\":[\"one\",\"two\"]}"));

    assertThat(one.path("embeddings")).hasSize(1);
    assertThat(one.at("/embeddings/0")).hasSize(4);
    assertThat(one.path("prompt_eval_count").asInt()).isEqualTo(2);
    assertThat(two.path("embeddings")).hasSize(2);
    assertThat(two.at("/embeddings/0")).isNotEqualTo(two.at("/embeddings/1"));
  }

  @Test
  void refusesEmbeddingsWhenARefusalIsScriptedAndLeavesAnswersToChats() throws Exception {
    provider.rateLimit(Duration.ofSeconds(3)).answer("for a chat");
    String request = "{\"model\":\"e\",\"input\":\"x\"}";

    HttpResponse<String> limited = client.send("/api/embed", request);

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("retry-after")).hasValue("3");
    assertThat(json(limited).path("error").isTextual()).isTrue();
    assertThat(client.send("/api/embed", request).statusCode()).isEqualTo(200);
    assertThat(whole().at("/message/content").asText()).isEqualTo("for a chat");
  }

  @Test
  void pullsWithProgressOrWithout() throws Exception {
    List<JsonNode> lines =
        client
            .send("/api/pull", "{\"model\":\"llama3.2\"}")
            .body()
            .lines()
            .map(TestClient::json)
            .toList();
    JsonNode whole = json(client.send("/api/pull", "{\"model\":\"llama3.2\",\"stream\":false}"));

    assertThat(lines.get(0).path("status").asText()).isEqualTo("pulling manifest");
    assertThat(lines.get(1).has("completed")).isFalse();
    assertThat(lines.get(3).path("completed")).isEqualTo(lines.get(3).path("total"));
    assertThat(lines.get(lines.size() - 1)).isEqualTo(json("{\"status\":\"success\"}"));
    assertThat(whole).isEqualTo(json("{\"status\":\"success\"}"));
    assertThat(client.send("/api/pull", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void tellsWhatItKnowsOfModels() throws Exception {
    provider.withModels("llama3.2");

    JsonNode shown = json(client.send("/api/show", "{\"model\":\"llama3.2\"}"));
    JsonNode running = json(client.get("/api/ps"));

    assertThat(shown.path("capabilities").toString()).contains("tools", "thinking");
    assertThat(shown.at("/model_info/simulated.context_length").asInt()).isEqualTo(4096);
    assertThat(running.at("/models/0/name").asText()).isEqualTo("llama3.2");
    assertThat(running.at("/models/0").has("size_vram")).isTrue();
  }

  @Test
  void refusesAnotherKeyThanTheOneItRequires() throws Exception {
    provider.requireKey("another");

    HttpResponse<String> refused = client.send("/api/chat", chat("x"));

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo("{\"error\":\"unauthorized\"}");
  }
}
