package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Servers that are not there, or that send what no server should. */
class BrokenServerIT {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: ";

  @Test
  void aConnectionThatIsRefused() throws IOException {
    URI url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
    }

    ProviderException error = failure(url, ProviderCalls.whole("m", "Hello"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.mayBeBilled()).isFalse();
    assertThat(error.retryable()).isTrue();
    assertThat(error).hasMessageContaining("no connection: ");
  }

  @Test
  void aHostThatNobodyKnows() {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  throw new UnknownHostException(host);
                })
            .build();

    ProviderException error =
        failure(
            OpenAiCompatible.builder()
                .baseUrl(URI.create("http://llm.invalid/v1"))
                .client(client)
                .build(),
            ProviderCalls.whole("m", "Hello"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.mayBeBilled()).isFalse();
    assertThat(error).hasMessageContaining("the host is not known: llm.invalid");
  }

  @Test
  void aServerThatSpeaksNoTls() throws IOException {
    try (RawServer server = RawServer.greeting("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      URI url = URI.create(server.url().toString().replace("http:", "https:"));

      ProviderException error = failure(url, ProviderCalls.whole("m", "Hello"));

      assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
      assertThat(error.mayBeBilled()).isFalse();
      assertThat(error).hasMessageContaining("no secure connection: ");
    }
  }

  @Test
  void aServerThatHangsUpOnTheRequest() throws IOException {
    try (RawServer server = RawServer.answering("", "")) {
      ProviderException error = failure(server.url(), ProviderCalls.whole("m", "Hello"));

      assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
      assertThat(error.mayBeBilled()).isTrue();
      assertThat(error).hasMessageContaining("the connection was cut: ");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aServerThatSpeaksNoHttp() throws IOException {
    try (RawServer server = RawServer.answering("220 mail.example ESMTP\r\n\r\n")) {
      ProviderException error = failure(server.url(), ProviderCalls.whole("m", "Hello"));

      assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    }
  }

  @Test
  void aGatewayThatAnswersWithAPage() throws IOException {
    String page = "<html><head><title>502 Bad Gateway</title></head></html>";
    try (RawServer server =
        RawServer.answering("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n" + page)) {
      ProviderException error = failure(server.url(), ProviderCalls.whole("m", "Hello"));

      assertThat(error.kind()).isEqualTo(ErrorKind.SERVER);
      assertThat(error).hasMessageContaining("gave no answer: 502 Bad Gateway (");
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 307 Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n", "")) {
      ProviderException error = failure(server.url(), ProviderCalls.whole("m", "Hello"));

      assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
      assertThat(error.status()).hasValue(307);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aStreamThatIsCutInTheMiddleOfACharacter() throws IOException {
    String event = "data: {\"choices\":[{\"delta\":{\"content\":\"Grü\"}}]}\r\n\r\n";
    int bytes = event.getBytes(StandardCharsets.UTF_8).length;
    try (RawServer server =
        RawServer.answering(
            HEAD
                + "text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(bytes)
                + "\r\n"
                + event
                + "\r\n40\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"ü")) {
      Heard heard = new Heard();

      ProviderException error = failure(server.url(), ProviderCalls.streamed("m", "Hello", heard));

      assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
      assertThat(error.partialText()).isEqualTo("Grü").isEqualTo(heard.text());
      assertThat(error.contentDelivered()).isTrue();
    }
  }

  @Test
  void aStreamThatIsCutWhenAllHasBeenSaid() throws IOException {
    String event =
        "data: {\"choices\":[{\"delta\":{\"content\":\"All.\"},\"finish_reason\":\"stop\"}]}\n\n";
    try (RawServer server =
        RawServer.answering(
            HEAD
                + "text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(event.length())
                + "\r\n"
                + event
                + "\r\n")) {
      ChatResponse response =
          provider(server.url()).chat(ProviderCalls.streamed("m", "Hello", new Heard()));

      assertThat(response.text()).isEqualTo("All.");
    }
  }

  private static OpenAiCompatible provider(URI url) {
    return OpenAiCompatible.builder().baseUrl(url).build();
  }

  private static ProviderException failure(URI url, ProviderCall call) {
    return failure(provider(url), call);
  }

  private static ProviderException failure(ChatProvider provider, ProviderCall call) {
    return catchThrowableOfType(ProviderException.class, () -> provider.chat(call));
  }
}
