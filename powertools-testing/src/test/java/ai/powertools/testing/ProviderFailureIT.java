package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.events;
import static ai.powertools.testing.TestClient.json;
import static ai.powertools.testing.TestClient.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How it fails. */
class ProviderFailureIT {
  private static final String CHAT = "/chat/completions";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.url());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void saysHowLongToWaitInSecondsOrElseInMilliseconds() throws Exception {
    provider.rateLimit(Duration.ofSeconds(2)).rateLimit(Duration.ofMillis(1500));

    HttpResponse<String> seconds = client.send(CHAT, chat("x"));
    HttpResponse<String> millis = client.send(CHAT, chat("x"));

    assertThat(seconds.statusCode()).isEqualTo(429);
    assertThat(seconds.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(seconds.headers().firstValue("retry-after-ms")).isEmpty();
    assertThat(json(seconds).at("/error/type").asText()).isEqualTo("rate_limit_error");
    assertThat(json(seconds).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
    assertThat(millis.headers().firstValue("Retry-After")).isEmpty();
    assertThat(millis.headers().firstValue("retry-after-ms")).hasValue("1500");
  }

  @Test
  void failsInTheWordsThatGoWithTheStatus() throws Exception {
    List<Integer> statuses = List.of(400, 401, 403, 404, 429, 500, 502, 503, 504, 529);
    statuses.forEach(provider::fail);

    List<String> errors = new ArrayList<>();
    for (int status : statuses) {
      HttpResponse<String> response = client.send(CHAT, chat("x"));
      assertThat(response.statusCode()).isEqualTo(status);
      JsonNode error = json(response).path("error");
      assertThat(error.path("message").asText()).isNotBlank();
      assertThat(error.has("param")).isTrue();
      errors.add(error.path("type").asText() + "/" + error.path("code").asText());
    }
    assertThat(errors)
        .containsExactly(
            "invalid_request_error/null",
            "invalid_request_error/invalid_api_key",
            "invalid_request_error/null",
            "invalid_request_error/model_not_found",
            "rate_limit_error/rate_limit_exceeded",
            "server_error/null",
            "server_error/null",
            "server_error/null",
            "server_error/null",
            "server_error/null");
  }

  @Test
  void failsInTheWordsItWasGiven() throws Exception {
    provider.fail(429, "insufficient_quota", "You exceeded your current quota.");

    JsonNode error = json(client.send(CHAT, chat("x"))).path("error");

    assertThat(error.path("type").asText()).isEqualTo("insufficient_quota");
    assertThat(error.path("code").asText()).isEqualTo("insufficient_quota");
    assertThat(error.path("message").asText()).isEqualTo("You exceeded your current quota.");
  }

  @Test
  void cutsAStreamWithoutItsEnd() throws Exception {
    provider.cutAfter("The answer is");

    // Raw, because the JDK's client may throw away what came just before the cut.
    try (RawClient raw = new RawClient(provider)) {
      raw.post("/v1" + CHAT, streamed("x"));
      String received = raw.readToEnd();

      List<JsonNode> chunks =
          received
              .lines()
              .filter(line -> line.startsWith("data: "))
              .map(line -> json(line.substring(6)))
              .toList();
      assertThat(received).startsWith("HTTP/1.1 200 ").doesNotContain("[DONE]");
      assertThat(TestClient.textOf(chunks)).isEqualTo("The answer is");
      assertThat(received).doesNotContain("\r\n0\r\n");
    }
    assertThat(provider.abandoned()).isZero();
  }

  @Test
  void makesAClientFailThatReadsAStreamWhichIsCut() {
    provider.cutAfter("The answer is");

    assertThatThrownBy(() -> client.send(CHAT, streamed("x"))).isInstanceOf(IOException.class);
  }

  @Test
  void cutsAWholeAnswerShortOfItsLength() {
    provider.cutAfter("The answer is");

    assertThatThrownBy(() -> client.send(CHAT, chat("x"))).isInstanceOf(IOException.class);
    assertThat(provider.abandoned()).isZero();
  }

  @Test
  void reportsAnErrorInAStreamThatHasBegunWell() throws Exception {
    provider.errorInStream("The answer", "server_error", "The server had an error.");

    HttpResponse<String> response = client.send(CHAT, streamed("x"));

    List<String> events = events(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode error = json(events.get(events.size() - 1)).path("error");
    assertThat(error.path("code").asText()).isEqualTo("server_error");
    assertThat(error.path("message").asText()).isEqualTo("The server had an error.");
    assertThat(response.body()).contains("The ", "answer").doesNotContain("[DONE]");
  }

  @Test
  void refusesWithTheErrorWhenThereIsNoStreamToReportItIn() throws Exception {
    provider.errorInStream("The answer", "server_error", "The server had an error.");

    HttpResponse<String> response = client.send(CHAT, chat("x"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).at("/error/message").asText()).isEqualTo("The server had an error.");
  }

  @Test
  void failsAShareOfTheRequestsTheSameWayForTheSameSeed() throws Exception {
    List<String> first = outcomes(42, 0.5, 60);
    List<String> again = outcomes(42, 0.5, 60);

    assertThat(first).isEqualTo(again);
    assertThat(first).contains("200", "429", "500", "502", "503", "cut");
    assertThat(outcomes(43, 0.5, 60)).isNotEqualTo(first);
    assertThat(outcomes(42, 0, 20)).containsOnly("200");
    assertThat(outcomes(42, 1, 20)).doesNotContain("200");
  }

  private static List<String> outcomes(long seed, double share, int requests) throws Exception {
    List<String> outcomes = new ArrayList<>();
    try (ProviderSimulator faulty = ProviderSimulator.start().faults(seed, share)) {
      TestClient client = new TestClient(faulty.url());
      for (int i = 0; i < requests; i++) {
        outcomes.add(outcome(client));
      }
    }
    return outcomes;
  }

  private static String outcome(TestClient client) throws InterruptedException {
    try {
      return Integer.toString(client.send(CHAT, chat("x")).statusCode());
    } catch (IOException e) {
      return "cut";
    }
  }
}
