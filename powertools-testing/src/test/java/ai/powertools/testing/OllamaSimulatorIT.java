package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaSimulatorIT {
  private static final String CHAT = "/api/chat";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.rootUrl());

  @AfterEach
  void close() {
    provider.close();
  }

  private static String whole(String question) {
    return chat(question).replaceFirst("\\{", "{\"stream\": false, ");
  }

  @Test
  void streamsUnlessToldNotTo() throws Exception {
    provider.answer("one two\nthree", 12, 3);

    HttpResponse<String> response = client.send(CHAT, chat("Hello"));

    List<JsonNode> lines = response.body().lines().map(TestClient::json).toList();
    assertThat(response.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    assertThat(TestClient.textOf(lines)).isEqualTo("one two\nthree");
    assertThat(lines.subList(0, 3)).noneMatch(line -> line.path("done").asBoolean(true));
    JsonNode last = lines.get(3);
    assertThat(last.path("done").asBoolean()).isTrue();
    assertThat(last.path("done_reason").asText()).isEqualTo("stop");
    assertThat(last.path("model").asText()).isEqualTo("gpt-test");
    assertThat(last.path("prompt_eval_count").asInt()).isEqualTo(12);
    assertThat(last.path("eval_count").asInt()).isEqualTo(3);
    assertThat(last.path("total_duration").asLong()).isPositive();
  }

  @Test
  void answersWholeWhenToldTo() throws Exception {
    JsonNode body = json(client.send(CHAT, whole("Say it again")));

    assertThat(body.at("/message/role").asText()).isEqualTo("assistant");
    assertThat(body.at("/message/content").asText()).isEqualTo("Say it again");
    assertThat(body.path("created_at").asText()).endsWith("Z");
    assertThat(body.path("done").asBoolean()).isTrue();
    assertThat(body.path("prompt_eval_count").asInt()).isEqualTo(5);
    assertThat(body.path("eval_count").asInt()).isEqualTo(3);
  }

  @Test
  void failsInOllamasWords() throws Exception {
    provider.fail(500, "no such thing", "the model failed").rateLimit(Duration.ofSeconds(1));

    HttpResponse<String> failed = client.send(CHAT, chat("x"));
    HttpResponse<String> limited = client.send(CHAT, chat("x"));

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).isEqualTo("{\"error\":\"the model failed\"}");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("retry-after")).hasValue("1");
  }

  @Test
  void reportsAnErrorOnTheLastLineOfAStream() throws Exception {
    provider.errorInStream("Yes.", "ignored", "an error was encountered");

    List<String> lines = client.send(CHAT, chat("x")).body().lines().toList();

    assertThat(lines).hasSize(2).last().isEqualTo("{\"error\":\"an error was encountered\"}");
  }

  @Test
  void cutsAStreamWithoutItsEnd() {
    provider.cutAfter("Yes");

    assertThatThrownBy(() -> client.send(CHAT, chat("x"))).isInstanceOf(IOException.class);
  }

  @Test
  void listsItsModelsAndVersion() throws Exception {
    provider.withModels("llama3.2:latest", "gemma3");

    JsonNode tags = json(client.get("/api/tags"));

    assertThat(tags.path("models").findValuesAsText("name"))
        .containsExactly("llama3.2:latest", "gemma3");
    assertThat(tags.at("/models/0/details/format").asText()).isEqualTo("gguf");
    assertThat(json(client.get("/api/version")).path("version").asText()).isNotBlank();
  }

  @Test
  void refusesWhatOllamaWouldNotTake() throws Exception {
    HttpResponse<String> noModel = client.send(CHAT, "{}");
    HttpResponse<String> noJson = client.send(CHAT, "[");
    HttpResponse<String> noPath = client.get("/api/embed");

    assertThat(noModel.statusCode()).isEqualTo(400);
    assertThat(json(noModel).path("error").asText()).isEqualTo("model is required");
    assertThat(noJson.statusCode()).isEqualTo(400);
    assertThat(noPath.statusCode()).isEqualTo(404);
    assertThat(json(noPath).path("error").asText())
        .isEqualTo("Unknown request URL: GET /api/embed.");
  }
}
