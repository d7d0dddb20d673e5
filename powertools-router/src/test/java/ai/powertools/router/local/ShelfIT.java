package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.LocalModel;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.ServerHealth.Status;
import ai.powertools.router.providers.Ollama;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of servers that do not say all. */
class ShelfIT {
  private static final String VERSION = "{\"version\":\"0.12.6\"}";
  private static final String TAGS = "{\"models\":[{\"name\":\"a\"},{\"name\":\"b\"}]}";

  private HttpServer server;
  private Host host;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    host = Host.of(Ollama.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  /** Answers these paths, and nothing else. */
  private void serve(Map<String, String> answers) {
    answers.forEach(
        (path, answer) ->
            server.createContext(
                path,
                exchange -> {
                  byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                  exchange.sendResponseHeaders(200, bytes.length);
                  exchange.getResponseBody().write(bytes);
                  exchange.close();
                }));
  }

  private Shelf loading(List<ServedModel> models, List<Unasked> unasked) {
    return new Shelf(host, new ServerHealth(Status.LOADING, "loading"), models, unasked);
  }

  @Test
  void aServerThatCanNotListItsModelsSaysWhy() {
    serve(Map.of("/api/version", VERSION));

    Shelf shelf = Shelf.of(host, false);

    assertThat(shelf.health().isReady()).isTrue();
    assertThat(shelf.models()).isEmpty();
    assertThat(shelf.unasked()).hasSize(1);
    assertThat(shelf.unasked().get(0).server()).isEqualTo(host.label());
    assertThat(shelf.unasked().get(0).why()).startsWith("its models could not be listed: ");
  }

  @Test
  void modelsAreListedThoughNobodyKnowsWhichAreInMemory() {
    serve(Map.of("/api/version", VERSION, "/api/tags", TAGS));

    Shelf shelf = Shelf.of(host, true);

    assertThat(shelf.models()).extracting(ServedModel::loaded).containsExactly(false, false);
    assertThat(shelf.unasked()).hasSize(1);
    assertThat(shelf.unasked().get(0).why())
        .startsWith("which of its models are in memory is not known: ");
  }

  @Test
  void aServerThatLoadsMayHaveWhatItListsAndIfItListsNothingAnything() {
    LocalModel tiny =
        new LocalModel(
            "/models/tiny.gguf", OptionalLong.empty(), OptionalLong.empty(), "", "", "", Set.of());
    ServerHealth health = new ServerHealth(Status.LOADING, "loading");
    List<ServedModel> models = List.of(new ServedModel(host.server(), tiny, false, health));
    List<Unasked> unasked = List.of(new Unasked(host.label(), "loading"));

    assertThat(loading(models, List.of()).mayHave(new ModelName("tiny"))).isTrue();
    assertThat(loading(models, List.of()).mayHave(new ModelName("other"))).isFalse();
    assertThat(loading(List.of(), unasked).mayHave(new ModelName("other"))).isTrue();
    assertThat(loading(List.of(), List.of()).mayHave(new ModelName("other"))).isFalse();
    assertThat(Shelf.silent(host, new ServerHealth(Status.DOWN, "")).mayHave(new ModelName("a")))
        .isFalse();
  }
}
