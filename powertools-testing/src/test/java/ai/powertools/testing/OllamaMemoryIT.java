package ai.powertools.testing;

import static ai.powertools.testing.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Ollama has in memory, and on its disk. */
class OllamaMemoryIT {
  private final ProviderSimulator provider =
      ProviderSimulator.start().withModels("llama3.2:latest", "embedder").unloadAll();
  private final TestClient client = new TestClient(provider.rootUrl());

  @AfterEach
  void close() {
    provider.close();
  }

  private List<String> running() throws Exception {
    return json(client.get("/api/ps")).path("models").findValuesAsText("name");
  }

  private HttpResponse<String> generate(String body) throws Exception {
    return client.send("/api/generate", body);
  }

  @Test
  void loadsAModelThatIsAskedNothing() throws Exception {
    assertThat(running()).isEmpty();

    JsonNode loaded = json(generate("{\"model\":\"llama3.2\",\"keep_alive\":\"5m\"}"));

    assertThat(loaded.path("done").asBoolean()).isTrue();
    assertThat(loaded.path("done_reason").asText()).isEqualTo("load");
    assertThat(loaded.path("response").asText("?")).isEmpty();
    assertThat(running()).containsExactly("llama3.2:latest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "\"0\"", "\"0s\""})
  void unloadsAModelThatIsToBeKeptForNoTime(String keepAlive) throws Exception {
    provider.withModels("llama3.2:latest");

    JsonNode unloaded = json(generate("{\"model\":\"llama3.2\",\"keep_alive\":" + keepAlive + "}"));

    assertThat(unloaded.path("done_reason").asText()).isEqualTo("unload");
    assertThat(running()).isEmpty();
  }

  @Test
  void loadsWhatIsAskedForAnAnswerOrVectors() throws Exception {
    client.send("/api/chat", "{\"model\":\"llama3.2\",\"messages\":[]}");
    client.send("/api/embed", "{\"model\":\"embedder\",\"input\":[]}");

    assertThat(running()).containsExactly("llama3.2:latest", "embedder");
  }

  @Test
  void doesNotLoadWhatItDoesNotHave() throws Exception {
    HttpResponse<String> unknown = generate("{\"model\":\"no\"}");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).path("error").asText()).isEqualTo("model 'no' not found");
    assertThat(generate("{}").statusCode()).isEqualTo(400);
    assertThat(generate("{\"model\":\"llama3.2\",\"prompt\":\"Hi\"}").statusCode()).isEqualTo(404);
  }

  @Test
  void modelsThatEmbedAreNotLoadedThatWay() throws Exception {
    HttpResponse<String> refused = generate("{\"model\":\"embedder\"}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("error").asText())
        .isEqualTo("\"embedder\" does not support generate");
    assertThat(json(client.send("/api/show", "{\"model\":\"embedder\"}")).path("capabilities"))
        .isEqualTo(json("[\"embedding\"]"));
    assertThat(generate("{\"model\":\"embedder\",\"keep_alive\":0}").statusCode()).isEqualTo(200);
  }

  @Test
  void hasWhatItHasFetched() throws Exception {
    client.send("/api/pull", "{\"model\":\"qwen3\"}");
    client.send("/api/pull", "{\"model\":\"qwen3\"}");

    assertThat(json(client.get("/api/tags")).path("models").findValuesAsText("name"))
        .containsExactly("llama3.2:latest", "embedder", "qwen3:latest");
    assertThat(running()).isEmpty();
  }

  @Test
  void fetchingBreaksAsTheScriptWants() throws Exception {
    provider
        .fail(500)
        .errorInStream("ignored", "x", "pull model manifest: file does not exist")
        .cutAfter("");
    String request = "{\"model\":\"qwen3\"}";

    assertThat(client.send("/api/pull", request).statusCode()).isEqualTo(500);
    List<String> lines = client.send("/api/pull", request).body().lines().toList();
    assertThat(lines.get(0)).isEqualTo("{\"status\":\"pulling manifest\"}");
    assertThat(lines)
        .hasSize(3)
        .last()
        .isEqualTo("{\"error\":\"pull model manifest: file does not exist\"}");
    assertThatThrownBy(() -> client.send("/api/pull", request)).isInstanceOf(IOException.class);
    assertThat(provider.requests()).hasSize(3);
  }

  @Test
  void answersThatAreScriptedAreLeftForChats() throws Exception {
    provider.answer("for a chat");

    assertThat(generate("{\"model\":\"llama3.2\"}").statusCode()).isEqualTo(200);
    assertThat(client.send("/api/pull", "{\"model\":\"a\"}").statusCode()).isEqualTo(200);
    assertThat(client.send("/api/chat", TestClient.chat("x")).body()).contains("for");
  }
}
