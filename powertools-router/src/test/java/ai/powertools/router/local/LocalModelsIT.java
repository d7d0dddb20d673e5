package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.models.Ability;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.providers.KnownServer;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.router.providers.OpenAiCompatible;
import ai.powertools.testing.ProviderSimulator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which models there are, and the choice between servers that have the same. */
class LocalModelsIT {
  private final ProviderSimulator first = ProviderSimulator.start();
  private final ProviderSimulator second = ProviderSimulator.start();
  private final ProviderSimulator llama = ProviderSimulator.start().asLlamaCpp();
  private final Ollama firstOllama = Ollama.at(first.rootUrl());
  private final Ollama secondOllama = Ollama.at(second.rootUrl());
  private final LlamaCpp llamaCpp = LlamaCpp.at(llama.rootUrl());
  private final LocalModels local = LocalModels.of(firstOllama, secondOllama, llamaCpp);

  @AfterEach
  void close() {
    first.close();
    second.close();
    llama.close();
  }

  private static List<String> names(LocalListing listing) {
    return listing.models().stream().map(served -> served.model().name()).toList();
  }

  @Test
  void listsEveryModelOfEveryServer() {
    first.withModels("qwen3:8b", "gemma3:latest").unloadAll();
    second.withModels("qwen3:8b");
    llama.withModels("/models/tiny.gguf");

    LocalListing listing = local.list();

    assertThat(listing.unasked()).isEmpty();
    assertThat(names(listing))
        .containsExactly("qwen3:8b", "gemma3:latest", "qwen3:8b", "/models/tiny.gguf");
    assertThat(listing.models())
        .extracting(ServedModel::server)
        .containsExactly(firstOllama, firstOllama, secondOllama, llamaCpp);
    assertThat(listing.models())
        .extracting(ServedModel::loaded)
        .containsExactly(false, false, true, true);
    for (ServedModel served : listing) {
      assertThat(served.contextTokens()).hasValue(4_096);
      assertThat(served.health().isReady()).isTrue();
    }
    assertThat(listing.models().get(0).model().capabilities()).contains("tools");
    assertThat(listing.models().get(0).model().family()).isEqualTo("simulated");
  }

  @Test
  void aServerThatIsGoneHidesNoOther() {
    first.withModels("qwen3:8b");
    second.close();
    llama.withModels("tiny");

    LocalListing listing = local.list();

    assertThat(names(listing)).containsExactly("qwen3:8b", "tiny");
    assertThat(listing.unasked()).hasSize(1);
    assertThat(listing.unasked().get(0).server()).isEqualTo(secondOllama.toString());
    assertThat(listing.unasked().get(0).why()).contains("no connection");
    assertThat(local.find("tiny")).isPresent();
  }

  @Test
  void aServerThatLoadsSaysSoInsteadOfItsModels() {
    first.withModels("qwen3:8b");
    second.withModels("qwen3:8b");
    llama.loading(2);

    LocalListing listing = local.list();

    assertThat(names(listing)).containsExactly("qwen3:8b", "qwen3:8b");
    assertThat(listing.unasked()).hasSize(1);
    assertThat(listing.unasked().get(0).server()).isEqualTo(llamaCpp.toString());
    assertThat(listing.unasked().get(0).why())
        .startsWith("its models could not be listed: ")
        .contains("Loading model");
  }

  @Test
  void modelsThatCanNotBeDescribedAreListedAllTheSame() {
    first.withModels("qwen3:8b", "gemma3").fail(500);

    LocalListing listing = LocalModels.of(firstOllama).list();

    assertThat(names(listing)).containsExactly("qwen3:8b", "gemma3");
    assertThat(listing.models().get(0).contextTokens()).isEmpty();
    assertThat(listing.models().get(0).loaded()).isTrue();
    assertThat(listing.unasked()).hasSize(1);
    assertThat(listing.unasked().get(0).why())
        .startsWith("the contexts of its models are not known: ");
    assertThat(first.requests()).hasSize(4); // no more is asked of a server that fails
  }

  @Test
  void tellsHowEachServerIs() {
    second.close();
    llama.loading(1);

    Map<LocalServer, ServerHealth> health = local.health();

    assertThat(List.copyOf(health.keySet())).containsExactly(firstOllama, secondOllama, llamaCpp);
    assertThat(health.values().stream().map(ServerHealth::status).toList())
        .containsExactly(
            ServerHealth.Status.READY, ServerHealth.Status.DOWN, ServerHealth.Status.LOADING);
  }

  @Test
  void findsAModelWithWhatItsServerKnowsOfIt() {
    first.withModels("gemma3:latest").answer("Blue.");

    ChatModel found = local.find("gemma3").orElseThrow();

    assertThat(found.provider()).isSameAs(firstOllama);
    assertThat(found.id()).isEqualTo("gemma3:latest");
    Model facts = found.facts().orElseThrow();
    assertThat(facts.contextTokens()).isEqualTo(4_096);
    assertThat(facts.prices()).contains(Prices.FREE);
    assertThat(facts.can(Ability.TOOLS)).isTrue();
    LlmRouter router = LlmRouter.builder().model(found).build();
    assertThat(router.route(ChatRequest.of("Which colour?")).text()).isEqualTo("Blue.");
  }

  @Test
  void prefersTheFirstServerThatHasAModel() {
    first.withModels("qwen3:8b");
    second.withModels("qwen3:8b");

    assertThat(local.find("qwen3:8b").orElseThrow().provider()).isSameAs(firstOllama);
  }

  @Test
  void prefersAServerThatHasTheModelInMemory() {
    first.withModels("qwen3:8b").unloadAll();
    second.withModels("qwen3:8b");

    assertThat(local.find("qwen3:8b").orElseThrow().provider()).isSameAs(secondOllama);
  }

  @Test
  void passesOverAServerThatIsNotReady() {
    first.close();
    second.withModels("other");
    llama.withModels("/models/qwen3.gguf");

    assertThat(local.find("qwen3").orElseThrow().provider()).isSameAs(llamaCpp);
    assertThat(local.find("qwen3:8b")).isEmpty();
  }

  @Test
  void findsModelsOfOtherServersToo() {
    first.withModels("big");
    OpenAiCompatible vllm = OpenAiCompatible.builder(KnownServer.VLLM).baseUrl(first.url()).build();
    LocalModels other = LocalModels.of(vllm);

    assertThat(other.list().models().get(0).loaded()).isTrue();
    assertThat(other.find("big").orElseThrow().provider()).isSameAs(vllm);
  }

  @Test
  void isEmptyWithoutServers() {
    LocalModels none = LocalModels.of();

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.list().models()).isEmpty();
    assertThat(none.health()).isEmpty();
    assertThat(none.find("qwen3")).isEmpty();
    assertThat(none).hasToString("[]");
    assertThat(local.servers()).containsExactly(firstOllama, secondOllama, llamaCpp);
  }

  @Test
  void anInterruptEndsTheList() throws InterruptedException {
    Thread.currentThread().interrupt();

    assertThatThrownBy(local::list)
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while asking servers for their models.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptHangsUpOnASilentServer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      Interruption list = Interruption.of(() -> LocalModels.of(Ollama.at(url)).list());
      try (Socket connection = silent.accept()) {
        assertThat(new String(connection.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
            .isEqualTo("GET ");

        assertThat(list.now()).isInstanceOf(CancelledException.class);
        connection.getInputStream().readAllBytes(); // ends, since it hung up
      }
    }
  }

  @Test
  void manyThreadsMayAskAtOnce() throws Exception {
    first.withModels("a", "b");
    second.withModels("c");
    llama.withModels("d");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<String>>> questions = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        questions.add(() -> names(local.list()));
      }
      for (Future<List<String>> answer : threads.invokeAll(questions)) {
        assertThat(answer.get()).containsExactly("a", "b", "c", "d");
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
