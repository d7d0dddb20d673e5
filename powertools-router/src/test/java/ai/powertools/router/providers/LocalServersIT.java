package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Secret;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.LocalModel;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import ai.powertools.testing.ProviderSimulator;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalServersIT {
  private final ProviderSimulator simulator = ProviderSimulator.start();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void knowsALlamaCppServer() {
    simulator.asLlamaCpp().withModels("tiny").answer("Hi");
    LlamaCpp server = LlamaCpp.at(simulator.rootUrl());

    ChatResponse answer = server.model("default").chat("Hello");

    assertThat(server.health().isReady()).isTrue();
    assertThat(server.isLocal()).isTrue();
    assertThat(server.models()).extracting(LocalModel::name).containsExactly("tiny");
    assertThat(server.properties().contextTokens()).isPresent();
    assertThat(server.tokenize("one two")).isNotEmpty();
    assertThat(answer.details().timings()).isPresent();
    assertThat(server).hasToString("llama.cpp at " + simulator.rootUrl() + "/");
  }

  @Test
  void knowsThatAServerLoadsItsModel() {
    simulator.asLlamaCpp().loading(2);
    LlamaCpp server = LlamaCpp.at(simulator.rootUrl());

    assertThat(server.health().status()).isEqualTo(ServerHealth.Status.LOADING);
    assertThatThrownBy(() -> server.chat(ProviderCalls.whole("m", "Hi")))
        .isInstanceOf(ProviderException.Overloaded.class);
    assertThat(server.health().isReady()).isTrue();
  }

  @Test
  void findsALlamaCppServerByItsOwnVariables() {
    simulator.asLlamaCpp();
    String port = String.valueOf(simulator.rootUrl().getPort());

    assertThat(LlamaCpp.find(Map.of("LLAMA_ARG_HOST", "0.0.0.0", "LLAMA_ARG_PORT", port)))
        .isPresent();
    simulator.close();
    assertThat(LlamaCpp.find(Map.of("LLAMA_ARG_PORT", port))).isEmpty();
    assertThat(LlamaCpp.at(simulator.rootUrl()).health().status())
        .isEqualTo(ServerHealth.Status.DOWN);
    assertThat(LlamaCpp.at(simulator.rootUrl()).model("m").facts()).isPresent();
  }

  @Test
  void fetchesAModelAndTellsHowFarItIs() {
    Ollama ollama = Ollama.at(simulator.rootUrl());
    List<PullProgress> progress = new ArrayList<>();

    ollama.pull("llama3.2", progress::add);

    assertThat(progress).extracting(PullProgress::status).contains("success");
    assertThat(ollama.health().isReady()).isTrue();
    assertThat(ollama.loaded()).isNotNull();
    assertThat(ollama.show("simulated-1").name()).isEqualTo("simulated-1");
  }

  @Test
  void saysThatAnOllamaIsNotThere() {
    simulator.close();
    Ollama ollama = Ollama.at(simulator.rootUrl());

    assertThat(ollama.health().status()).isEqualTo(ServerHealth.Status.DOWN);
    assertThatThrownBy(() -> ollama.pull("m", step -> {}))
        .isInstanceOf(ProviderException.Network.class);
  }

  @Test
  void knowsACompatibleServer() {
    simulator.withModels("a", "b");
    OpenAiCompatible server =
        OpenAiCompatible.builder(KnownServer.VLLM)
            .baseUrl(simulator.url())
            .timeout(Duration.ofSeconds(5))
            .connectTimeout(Duration.ofSeconds(5))
            .proxy(Proxy.NO_PROXY)
            .build();

    assertThat(server.models()).extracting(LocalModel::name).containsExactly("a", "b");
    assertThat(server.health()).isEqualTo(new ServerHealth(ServerHealth.Status.READY, "2 models"));
    simulator.close();
    assertThat(server.health().status()).isEqualTo(ServerHealth.Status.DOWN);
  }

  @Test
  void findsVendorsByTheirKeys() {
    assertThat(OpenAiCompatible.find(KnownServer.GROQ, Map.of())).isEmpty();
    assertThat(OpenAiCompatible.find(KnownServer.GROQ, Map.of("GROQ_API_KEY", "gsk-1")))
        .isPresent();
    assertThat(OpenAiCompatible.find(KnownServer.VLLM, Map.of())).isPresent();
    assertThat(Anthropic.find(Map.of())).isEmpty();
    assertThat(Anthropic.find(Map.of("ANTHROPIC_AUTH_TOKEN", "t-1"))).isPresent();
    assertThat(Anthropic.find(Map.of("ANTHROPIC_API_KEY", "k-1")))
        .get()
        .hasToString("anthropic at https://api.anthropic.com/");
    assertThat(Gemini.find(Map.of())).isEmpty();
    assertThat(Gemini.find(Map.of("GOOGLE_API_KEY", "k-1"))).get().asString().contains("v1beta");
    assertThat(
            OpenAi.find(
                Map.of("OPENAI_API_KEY", "k", "OPENAI_ORG_ID", "o", "OPENAI_PROJECT_ID", "p")))
        .isPresent();
  }

  @Test
  void refusesSettingsThatAreNone() {
    assertThatThrownBy(() -> Gemini.builder().name(" ")).hasMessageContaining("name");
    assertThatThrownBy(() -> Gemini.builder().timeout(Duration.ZERO))
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> Anthropic.builder().key(Secret.of("a\nb")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("a\nb");
  }
}
