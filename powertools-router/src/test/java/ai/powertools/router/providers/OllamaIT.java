package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.LocalModel;
import ai.powertools.router.Offer;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.testing.ProviderSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaIT {
  private final ProviderSimulator simulator = ProviderSimulator.start();
  private final Ollama ollama = Ollama.at(simulator.rootUrl());

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void answers() {
    simulator.answer("Blue.", 12, 3);

    ChatResponse response = ollama.chat(ProviderCalls.whole("llama3.2", "Which colour?"));

    assertThat(response.text()).isEqualTo("Blue.");
    assertThat(response.provider()).isEqualTo("ollama");
    assertThat(response.model()).isEqualTo("llama3.2");
    assertThat(response.usage()).isEqualTo(Usage.of(12, 3));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    JsonNode body = simulator.requests().get(0).body();
    assertThat(body.path("stream").asBoolean(true)).isFalse();
    assertThat(body.has("options")).isFalse();
  }

  @Test
  void streamsTheTextAsItArrives() {
    simulator.answer("The sky is blue.", 12, 4);
    Heard heard = new Heard();

    ChatResponse response = ollama.chat(ProviderCalls.streamed("llama3.2", "Which?", heard));

    assertThat(heard.deltas()).hasSizeGreaterThan(1);
    assertThat(heard.text()).isEqualTo("The sky is blue.").isEqualTo(response.text());
    assertThat(response.usage()).isEqualTo(Usage.of(12, 4));
    assertThat(response.timeToFirstToken()).isPresent();
  }

  @Test
  void sendsTheLimitAndTheTemperature() {
    ollama.chat(
        ProviderCalls.asking(
            ChatRequest.builder().user("Hello").maxOutputTokens(7).temperature(0.5).build()));

    JsonNode options = simulator.requests().get(0).body().path("options");
    assertThat(options.path("num_predict").asInt()).isEqualTo(7);
    assertThat(options.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(options.has("num_ctx")).isFalse();
  }

  @Test
  void asksForAWindowThatHoldsALongConversation() {
    ollama.chat(ProviderCalls.whole("m", "word ".repeat(2_000)));

    // At most 3 tokens a word by the estimate for unknown vocabularies.
    assertThat(simulator.requests().get(0).body().at("/options/num_ctx").asInt()).isEqualTo(8_192);
  }

  @Test
  void reportsAStreamThatWasCut() {
    simulator.cutAfter("The sky is");
    Heard heard = new Heard();

    ProviderException error = failure(ProviderCalls.streamed("m", "Which?", heard));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEqualTo("The sky is").isEqualTo(heard.text());
    assertThat(error.contentDelivered()).isTrue();
  }

  @Test
  void reportsAnErrorInTheStream() {
    simulator.errorInStream("The sky", "x", "an error was encountered while running the model");

    ProviderException error = failure(ProviderCalls.streamed("m", "Which?", new Heard()));

    assertThat(error.kind()).isEqualTo(ErrorKind.SERVER);
    assertThat(error.partialText()).isEqualTo("The sky");
    assertThat(error).hasMessageContaining("an error was encountered");
  }

  @ParameterizedTest
  @CsvSource({"404,INVALID_REQUEST", "500,SERVER", "503,OVERLOADED"})
  void tellsErrorsApart(int status, ErrorKind kind) {
    simulator.fail(status);

    assertThat(failure(ProviderCalls.whole("m", "Hello")).kind()).isEqualTo(kind);
  }

  @Test
  void givesUpWhenTheDeadlinePasses() throws InterruptedException {
    simulator.stallAfter("The");
    ProviderCall call = ProviderCalls.streamed("m", "Hello", new Heard());

    ProviderException error =
        failure(ProviderCalls.within(call, Deadline.after(Duration.ofMillis(300))));

    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
    simulator.awaitAbandoned(1);
  }

  @Test
  void listsItsModels() {
    simulator.withModels("llama3.2:latest", "qwen3:4b");

    assertThat(ollama.models())
        .extracting(LocalModel::name)
        .containsExactly("llama3.2:latest", "qwen3:4b");
  }

  @Test
  void saysWhenItCannotListItsModels() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")) {
      ProviderException error =
          catchThrowableOfType(ProviderException.class, () -> Ollama.at(server.url()).models());

      assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
      assertThat(error)
          .hasMessageStartingWith(
              "ollama:api/tags gave no answer: the answer can't be read: it is not JSON");
    }
  }

  @Test
  void isFreeOfCharge() {
    LlmRouter router = LlmRouter.builder().model(ollama.model("llama3.2")).build();

    Offer offer = router.plan(ChatRequest.of("Hello")).candidates().get(0);

    assertThat(offer.worstCost()).contains(Usd.ZERO);
    assertThat(offer.tokens().maxOutput()).isLessThan(4_096);
  }

  @Test
  void learnsTheContextOnce() throws IOException {
    String shown =
        "{\"model_info\":{\"general.architecture\":\"llama\",\"llama.context_length\":131072}}";
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                + shown.length()
                + "\r\n\r\n"
                + shown)) {
      Ollama described = Ollama.at(server.url());

      assertThat(described.model("llama3.2").facts().orElseThrow().contextTokens())
          .isEqualTo(131_072);
      assertThat(described.model("llama3.2").facts().orElseThrow().contextTokens())
          .isEqualTo(131_072);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-oss:120b-cloud", "glm-5:cloud"})
  void knowsThatSomeModelsRunElsewhere(String id) {
    LlmRouter router = LlmRouter.builder().model(ollama.model(id)).build();
    ChatRequest local = ChatRequest.builder().user("Hello").localOnly(true).build();

    assertThat(ollama.isLocal()).isTrue();
    assertThat(router.plan(local).refused())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).startsWith("it runs at ollama.com"));
    assertThat(router.plan(ChatRequest.of("Hello")).candidates().get(0).worstCost()).isEmpty();
  }

  @Test
  void isFoundWhereTheEnvironmentSays() {
    String host = simulator.rootUrl().toString();

    assertThat(Ollama.find(Map.of("OLLAMA_HOST", host))).isPresent();
    assertThat(Ollama.find(Map.of("OLLAMA_HOST", host.replace("http://", "")))).isPresent();
    assertThat(Ollama.find(Map.of("OLLAMA_HOST", host.replace("http://127.0.0.1", ""))))
        .isPresent();
    assertThat(Ollama.find(Map.of("OLLAMA_HOST", host.replace("http://127.0.0.1", "0.0.0.0"))))
        .get()
        .satisfies(found -> assertThat(found.isLocal()).isTrue())
        .satisfies(found -> assertThat(found.endpoint()).contains(URI.create(host + "/")));
  }

  /** Nothing is asked of this machine's own Ollama, which may be there or not. */
  @ParameterizedTest
  @CsvSource({
    "'',http://127.0.0.1:11434/",
    "box,http://box:11434/",
    "box:1234,http://box:1234/",
    "http://box,http://box/",
    "https://box,https://box/",
    "[::1],http://[::1]:11434/",
    "[::]:80,http://127.0.0.1/",
    "0.0.0.0,http://127.0.0.1:11434/"
  })
  void readsTheHostAsOllamaDoes(String host, URI address) {
    assertThat(OllamaAddress.of(host).uri()).isEqualTo(address);
  }

  @Test
  void isNotFoundWhereNothingListens() {
    URI gone = simulator.rootUrl();
    simulator.close();

    assertThat(Ollama.find(Map.of("OLLAMA_HOST", gone.toString()))).isEqualTo(Optional.empty());
  }

  @Test
  void saysThatAHostIsNone() {
    ConfigurationException error =
        catchThrowableOfType(
            ConfigurationException.class, () -> Ollama.find(Map.of("OLLAMA_HOST", "a b")));

    assertThat(error).hasMessageStartingWith("OLLAMA_HOST is no address.");
  }

  private ProviderException failure(ProviderCall call) {
    return catchThrowableOfType(ProviderException.class, () -> ollama.chat(call));
  }
}
