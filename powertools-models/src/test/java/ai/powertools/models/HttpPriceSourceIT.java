package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.core.ConfigurationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices from an address, over HTTP on loopback. */
class HttpPriceSourceIT {
  private static final String ROW =
      """
      {"id": "%s", "provider": "acme", "name": "Foo", "contextTokens": 1000,
       "maxOutputTokens": 100, "tokenizer": "llama", "asOf": "2026-08-01",
       "source": "https://acme.example",
       "prices": [{"rates": {"input_tokens": "%s", "output_tokens": "10"}}]}""";

  @TempDir Path folder;

  private HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";
  private final AtomicInteger notModified = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/models.json", this::answer);
    server.start();
    body = file(ROW.formatted("a", "1"), ROW.formatted("b", "2"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fetchesOnlyWhatHasChangedAndSaysWhatIsDifferent() {
    HttpPriceSource source = PriceSource.url(address(), folder);

    assertThat(source.refresh().changes().added()).containsExactly("acme/a", "acme/b");
    assertThat(source.refresh().changes().isEmpty()).isTrue();
    assertThat(notModified.get()).isEqualTo(1);

    body = file(ROW.formatted("b", "2.5"), ROW.formatted("c", "3"));
    HttpPriceSource.Refresh news = source.refresh();
    assertThat(news.changes())
        .isEqualTo(new PriceChanges(List.of("acme/c"), List.of("acme/a"), List.of("acme/b")));
    assertThat(news.problem()).isEmpty();
    assertThat(ModelCatalog.of(source).require("acme/b").prices()).isPresent();
  }

  @Test
  void keepsTheLastGoodPricesWhenTheNewOnesCannotBeRight() throws IOException {
    HttpPriceSource source = PriceSource.url(address(), folder);
    List<Model> good = source.models();
    byte[] copy = Files.readAllBytes(folder.resolve("models.json"));

    body = file(ROW.formatted("a", "0.000001"));
    HttpPriceSource.Refresh refused = source.refresh();

    assertThat(refused.models()).isEqualTo(good);
    assertThat(refused.problem().orElseThrow())
        .startsWith(
            address()
                + ": models.json, row 1 (acme/a): prices[0].rates.input_tokens is absurdly small");
    assertThat(Files.readAllBytes(folder.resolve("models.json"))).isEqualTo(copy);
  }

  @Test
  void keepsTheLastGoodPricesWhenTheAddressFails() {
    HttpPriceSource source = PriceSource.url(address(), folder);
    List<Model> good = source.models();

    status = 500;
    assertThat(source.refresh().problem()).contains(address() + ": the server answers 500");
    server.stop(0);
    HttpPriceSource.Refresh away = source.refresh();
    assertThat(away.models()).isEqualTo(good);
    assertThat(away.problem().orElseThrow()).startsWith(address() + ": ");
  }

  @Test
  void saysSoWhenThereHaveNeverBeenGoodPrices() {
    status = 404;

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.url(address(), folder).models())
        .withMessage(
            "There are no prices. "
                + address()
                + ": the server answers 404. There is no earlier copy either.");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.url(URI.create("ftp://example.com/x"), folder))
        .withMessage("Prices are fetched by http or https, not from ftp://example.com/x.");
  }

  @Test
  void followsNoRedirectToAnotherAddress() {
    status = 302;

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.url(address(), folder).models())
        .withMessageContaining(": the server answers 302");
  }

  @Test
  void leavesPrivateFilesAndNoneHalfWritten() throws IOException {
    Path made = folder.resolve("made/here");
    PriceSource.url(address(), made).models();

    try (var files = Files.list(made)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("models.json", "models.json.etag");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(made.resolve("models.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void fetchesTheWholeAgainWhenTheCopyIsSpoilt() throws IOException {
    HttpPriceSource source = PriceSource.url(address(), folder);
    List<Model> good = source.models();
    Files.writeString(folder.resolve("models.json"), "spoilt");

    assertThat(source.models()).isEqualTo(good);
    assertThat(notModified.get()).isZero();
  }

  @Test
  void keepsTheInterruptOfWhoeverWaits() {
    HttpPriceSource source = PriceSource.url(address(), folder);
    List<Model> good = source.models();

    Thread.currentThread().interrupt();
    HttpPriceSource.Refresh interrupted = source.refresh();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.models()).isEqualTo(good);
    assertThat(interrupted.problem()).contains("reading " + address() + " was interrupted");
  }

  @Test
  void fetchesTheWholeAgainWhenTheTagIsLost() throws IOException {
    HttpPriceSource source = PriceSource.url(address(), folder);
    source.models();
    Files.delete(folder.resolve("models.json.etag"));

    assertThat(source.refresh().problem()).isEqualTo(Optional.empty());
    assertThat(notModified.get()).isZero();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String etag = "\"" + body.hashCode() + "\"";
    exchange.getResponseHeaders().set("ETag", etag);
    if (status == 302) {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
    }
    if (status == 200 && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      notModified.incrementAndGet();
      exchange.sendResponseHeaders(304, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:%d/models.json".formatted(server.getAddress().getPort()));
  }

  private static String file(String... rows) {
    return "{\"version\": 2, \"models\": [" + String.join(",", rows) + "]}";
  }
}
