package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire, byte by byte. */
class HttpConnectionIT {
  private static final String BODY = "{\"model\": \"m\", \"messages\": []}";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(provider);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    provider.close();
  }

  @Test
  void servesSeveralRequestsOnOneConnection() throws Exception {
    provider.answer("first").answer("second");

    client.post("/v1/chat/completions", BODY);
    assertThat(client.readResponse()).contains("first");
    client.post("/v1/chat/completions", BODY);

    assertThat(client.readResponse()).contains("second");
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void takesABodyInChunks() throws Exception {
    client.write(
        "POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n"
            + "1;ignored=yes\r\n{\r\n"
            + Integer.toHexString(BODY.length() - 1)
            + "\r\n"
            + BODY.substring(1)
            + "\r\n0\r\n\r\n");

    assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
    assertThat(provider.requests().get(0).body().path("model").asText()).isEqualTo("m");
  }

  @Test
  void tellsAClientThatAsksFirstToGoOn() throws Exception {
    client.write(
        "POST /v1/chat/completions HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\n"
            + ("Content-Length: " + BODY.length() + "\r\n\r\n"));
    assertThat(client.read(25)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    client.write(BODY);

    assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void joinsHeadersOfOneName() throws Exception {
    client.write("GET /v1/models HTTP/1.1\r\nX-Tag: a\r\nx-tag:b\r\nConnection: close\r\n\r\n");

    assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
    assertThat(provider.requests().get(0).header("X-TAG")).hasValue("a, b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / SPDY/3\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nno colon\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
      })
  void hangsUpOnWhatIsNotHttp(String nonsense) throws Exception {
    client.write(nonsense);

    assertThat(client.readToEnd()).isEmpty();
    assertThat(provider.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v1/models HTTP/1.1\r\nX-Tag: a",
        "GET /v1/models HTTP/1.1\r\nX-Tag: a\r\n",
        "GET /v1/models HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort"
      })
  void hangsUpOnAClientThatGoesInTheMiddle(String beginning) throws Exception {
    client.write(beginning);
    client.finish();

    assertThat(client.readToEnd()).isEmpty();
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void hangsUpOnAClientThatDoesNotWaitForItsAnswer() throws Exception {
    provider.stall();
    client.post("/v1/chat/completions", BODY);
    provider.awaitRequests(1);
    client.post("/v1/chat/completions", BODY);

    provider.awaitAbandoned(1);
    assertThat(provider.requests()).hasSize(1);
  }
}
