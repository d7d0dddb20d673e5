package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How it keeps clients waiting, and notices that they leave. */
class ProviderSilenceIT {
  private static final String CHAT = "/chat/completions";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.url());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void noticesThatAClientGivesUpOnAStalledStream() throws Exception {
    provider.stallAfter("Let me");

    HttpResponse<InputStream> response = client.open(CHAT, streamed("x"));
    String received = "";
    while (!received.contains("\"me\"")) {
      received += (char) response.body().read();
    }
    assertThat(provider.abandoned()).isZero();
    response.body().close();

    provider.awaitAbandoned(1);
    assertThat(provider.abandoned()).isEqualTo(1);
    assertThat(client.send(CHAT, chat("still there?")).statusCode()).isEqualTo(200);
  }

  @Test
  void noticesThatAClientGivesUpOnASilentAnswer() throws Exception {
    provider.stall();

    try (RawClient raw = new RawClient(provider)) {
      raw.post("/v1" + CHAT, chat("x"));
      provider.awaitRequests(1);
    }

    provider.awaitAbandoned(1);
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void delaysTheStepThatIsScriptedNextAndNoOther() throws Exception {
    provider.answer("at once").delay(Duration.ofDays(1)).delay(Duration.ofDays(30)).answer("late");

    assertThat(client.send(CHAT, chat("x")).body()).contains("at once");
    try (RawClient raw = new RawClient(provider)) {
      raw.post("/v1" + CHAT, chat("x"));
      provider.awaitRequests(2);
    }

    provider.awaitAbandoned(1); // so it was still waiting
    assertThat(client.send(CHAT, chat("next")).body()).contains("next");
  }

  @Test
  void goesOnWithTheStepAfterTheDelay() throws Exception {
    provider.delay(Duration.ofMillis(1)).answer("a little later");

    assertThat(client.send(CHAT, chat("x")).body()).contains("a little later");
    assertThat(client.send(CHAT, streamed("x")).body()).contains("[DONE]");
  }

  @Test
  void delaysAnAnswerWithoutAScript() throws Exception {
    provider.delay(Duration.ofNanos(1));

    assertThat(client.send(CHAT, chat("echo")).body()).contains("echo");
  }

  @Test
  void hangsUpOnEverybodyWhenItCloses() throws Exception {
    provider.stall().stall();
    CompletableFuture<HttpResponse<String>> whole = client.begin(CHAT, chat("x"));
    CompletableFuture<HttpResponse<String>> stream = client.begin(CHAT, streamed("x"));
    provider.awaitRequests(2);

    provider.close();

    assertThatThrownBy(whole::join).isInstanceOf(CompletionException.class);
    assertThatThrownBy(stream::join).isInstanceOf(CompletionException.class);
    assertThat(provider.abandoned()).isZero();
    assertThatThrownBy(() -> client.send(CHAT, chat("x"))).isInstanceOf(IOException.class);
    provider.close();
  }
}
