package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.ProviderSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for the models of one's own servers. */
class LocalModelsCommandIT {
  @TempDir Path folder;
  private final ProviderSimulator ollama =
      ProviderSimulator.start().withModels("qwen3:8b", "gemma3:latest").unloadAll();
  private final ProviderSimulator llama =
      ProviderSimulator.start().asLlamaCpp().withModels("/models/tiny.gguf");
  private Console console;

  @BeforeEach
  void open() {
    console =
        new Console(folder)
            .set("OLLAMA_HOST", ollama.rootUrl().toString())
            .set("LLAMA_ARG_PORT", port(llama.rootUrl()));
  }

  @AfterEach
  void close() {
    ollama.close();
    llama.close();
  }

  private static String port(URI url) {
    return String.valueOf(url.getPort());
  }

  /** Nothing listens there. */
  private void forgetServers() {
    console.set("OLLAMA_HOST", "127.0.0.1:1").set("LLAMA_ARG_PORT", "1");
  }

  @Test
  void listsTheModelsOfAllServers() {
    assertThat(console.run("models", "local")).isZero();

    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0).split(" +"))
        .containsExactly("model", "loaded", "context", "size", "parameters", "quantized", "on");
    assertThat(lines.get(1).split(" +"))
        .containsExactly(
            "qwen3:8b", "no", "4,096", "-", "0B", "F16", "ollama", "at", ollama.rootUrl() + "/");
    assertThat(lines.get(3))
        .startsWith("/models/tiny.gguf  yes")
        .endsWith("llama.cpp at " + llama.rootUrl() + "/");
    assertThat(console.err())
        .contains("ollama at " + ollama.rootUrl() + "/ is ready.")
        .contains("llama.cpp at " + llama.rootUrl() + "/ is ready.");
  }

  @Test
  void printsOneJsonObjectForEachServer() throws IOException {
    assertThat(console.run("models", "local", "--json")).isZero();

    assertThat(console.err()).isEmpty();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("server").asText()).isEqualTo("ollama");
    assertThat(first.path("address").asText()).isEqualTo(ollama.rootUrl() + "/");
    assertThat(first.path("status").asText()).isEqualTo("ready");
    assertThat(first.path("models").findValuesAsText("model"))
        .containsExactly("qwen3:8b", "gemma3:latest");
    JsonNode model = first.at("/models/0");
    assertThat(model.path("loaded").isBoolean()).isTrue();
    assertThat(model.path("loaded").asBoolean()).isFalse();
    assertThat(model.path("contextTokens").asInt()).isEqualTo(4_096);
    assertThat(model.has("sizeBytes")).isFalse();
    assertThat(model.path("capabilities").toString())
        .isEqualTo("[\"completion\",\"thinking\",\"tools\"]");
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.path("server").asText()).isEqualTo("llama.cpp");
    assertThat(second.at("/models/0").has("family")).isFalse();
  }

  @Test
  void saysWhatCouldNotBeAsked() throws IOException {
    console.set("OLLAMA_HOST", "a b");
    llama.loading(100);

    assertThat(console.run("models", "local")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .contains("llama.cpp at " + llama.rootUrl() + "/ is loading.")
        .contains("Not asked: OLLAMA_HOST: OLLAMA_HOST is no address.")
        .contains("Loading model");

    assertThat(console.run("models", "local", "--json")).isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(new ObjectMapper().readTree(lines.get(1)).path("unasked").asText())
        .isEqualTo("OLLAMA_HOST");
  }

  @Test
  void saysWhatToDoWhereNoServerIs() {
    forgetServers();

    assertThat(console.run("models", "local")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).startsWith("No server of models was found. Start Ollama");
  }

  @Test
  void fetchesAModelWithALineOfProgress() {
    assertThat(console.run("models", "pull", "mistral")).isZero();

    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .startsWith("\rpulling manifest")
        .contains("\rpulling 000000000000: 50% of 1.0 MB")
        .contains(": 100% of 1.0 MB")
        .endsWith(System.lineSeparator());
    assertThat(console.err().strip()).endsWith("success");
    console.run("models", "local");
    assertThat(console.out()).contains("mistral:latest");
  }

  @Test
  void saysWhyAModelCouldNotBeFetched() {
    ollama.errorInStream("", "x", "pull model manifest: file does not exist");

    assertThat(console.run("models", "pull", "mistrall")).isEqualTo(5);
    assertThat(console.err())
        .startsWith("\rpulling manifest")
        .contains(System.lineSeparator() + "The model \"mistrall\" could not be fetched at ollama")
        .contains("file does not exist");

    forgetServers();
    assertThat(console.run("models", "pull", "mistral")).isEqualTo(4);
    assertThat(console.err()).contains("no server of models was found");
    assertThat(console.run("models", "pull", "mistral", "--timeout", "0")).isEqualTo(3);
    assertThat(console.run("models", "pull")).isEqualTo(2);
  }

  @Test
  void aFetchThatTakesTooLongHasAnExitCodeOfItsOwn() {
    ollama.stall();

    assertThat(console.run("models", "pull", "mistral", "--timeout", "2")).isEqualTo(6);
    assertThat(console.err()).contains("the deadline passed before it was done");
  }

  @Test
  void loadsAModel() {
    assertThat(console.run("models", "warm", "gemma3", "--keep", "60")).isZero();

    assertThat(console.out()).matches("gemma3 is ready; it took \\d+\\.\\d s\\.\\R");
    assertThat(ollama.requests())
        .anyMatch(request -> request.body().path("keep_alive").asText().equals("60000ms"));
    assertThat(console.run("models", "warm", "tiny")).isZero();
  }

  @Test
  void saysWhichModelsThereAreInstead() {
    assertThat(console.run("models", "warm", "mistral")).isEqualTo(4);
    assertThat(console.err())
        .startsWith("The model \"mistral\" could not be loaded: no server that is ready has it.")
        .contains("qwen3:8b, gemma3:latest")
        .contains("/models/tiny.gguf");
    assertThat(console.run("models", "warm", "gemma3", "--keep", "0")).isEqualTo(3);
    assertThat(console.err()).startsWith("--keep must be at least 1 second.");
  }
}
