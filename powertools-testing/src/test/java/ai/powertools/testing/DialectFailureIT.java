package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way of failing, in every dialect. */
class DialectFailureIT {
  private static final String GEMINI = "{\"contents\":[{\"parts\":[{\"text\":\"Why?\"}]}]}";
  private static final String STREAM = "{\"stream\": true, \"max_tokens\": 9, ";
  private static final String WHOLE = "{\"stream\": false, \"max_tokens\": 9, ";

  private enum Spoken {
    CHAT_COMPLETIONS("/v1/chat/completions", "[DONE]"),
    RESPONSES("/v1/responses", "response.completed"),
    AZURE("/openai/deployments/d/chat/completions?api-version=1", "[DONE]"),
    ANTHROPIC("/v1/messages", "message_stop"),
    GEMINI_EVENTS("/v1beta/models/g:streamGenerateContent?alt=sse", "finishReason"),
    GEMINI_ARRAY("/v1beta/models/g:streamGenerateContent", "]"),
    OLLAMA("/api/chat", "\"done\":true"),
    LLAMA_CPP("/v1/chat/completions", "[DONE]");

    private final String path;
    private final String end;

    Spoken(String path, String end) {
      this.path = path;
      this.end = end;
    }

    private boolean isGemini() {
      return this == GEMINI_EVENTS || this == GEMINI_ARRAY;
    }

    private String body(String beginning) {
      if (isGemini()) {
        return GEMINI;
      }
      return chat("Why?").replaceFirst("\\{", beginning).replace("}]}", "}], \"input\": \"Why?\"}");
    }

    private String wholePath() {
      return isGemini() ? "/v1beta/models/g:generateContent" : path;
    }
  }

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    provider.close();
  }

  private void speak(Spoken spoken) {
    if (spoken == Spoken.LLAMA_CPP) {
      provider.asLlamaCpp();
    }
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(provider.rootUrl() + path))
        .header("anthropic-version", "2023-06-01")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> whole(Spoken spoken) throws Exception {
    return http.send(
        request(spoken.wholePath(), spoken.body(WHOLE)), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> stream(Spoken spoken) throws Exception {
    return http.send(
        request(spoken.path, spoken.body(STREAM)), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource
  void answersToItsEnd(Spoken spoken) throws Exception {
    speak(spoken);

    HttpResponse<String> response = stream(spoken);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("Why?", spoken.end);
  }

  @ParameterizedTest
  @EnumSource
  void refuses(Spoken spoken) throws Exception {
    speak(spoken);
    provider.rateLimit(Duration.ofSeconds(2)).fail(500).fail(400, "some_code", "Said so.");

    HttpResponse<String> limited = stream(spoken);
    HttpResponse<String> failed = whole(spoken);
    HttpResponse<String> told = whole(spoken);

    assertThat(limited.statusCode()).isEqualTo(429);
    if (spoken.isGemini()) {
      assertThat(json(limited).at("/error/details/0/retryDelay").asText()).isEqualTo("2s");
    } else {
      assertThat(limited.headers().firstValue("retry-after")).hasValue("2");
    }
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(json(failed).has("error")).isTrue();
    assertThat(told.statusCode()).isEqualTo(400);
    assertThat(told.body()).contains("Said so.");
  }

  @ParameterizedTest
  @EnumSource
  void cutsAStreamAfterItsText(Spoken spoken) throws Exception {
    speak(spoken);
    provider.cutAfter("Be cut");

    try (RawClient raw = new RawClient(provider)) {
      String body = spoken.body(STREAM);
      raw.write(
          "POST %s HTTP/1.1\r\nanthropic-version: 1\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(spoken.path, body.getBytes(StandardCharsets.UTF_8).length, body));
      String received = raw.readToEnd();

      assertThat(received).startsWith("HTTP/1.1 200 ").contains("\"Be \"", "\"cut\"");
      assertThat(received).doesNotContain("\r\n0\r\n");
      if (spoken != Spoken.GEMINI_ARRAY) {
        assertThat(received).doesNotContain(spoken.end);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutsAWholeAnswerShortOfItsLength(Spoken spoken) {
    speak(spoken);
    provider.cutAfter("Be cut");

    assertThatThrownBy(() -> whole(spoken)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource
  void fallsSilentUntilTheClientLeaves(Spoken spoken) throws Exception {
    speak(spoken);
    provider.stallAfter("Be silent");

    HttpResponse<InputStream> response =
        http.send(
            request(spoken.path, spoken.body(STREAM)), HttpResponse.BodyHandlers.ofInputStream());
    StringBuilder received = new StringBuilder();
    while (received.indexOf("\"silent\"") < 0) {
      received.append((char) response.body().read());
    }
    response.body().close();

    provider.awaitAbandoned(1);
    assertThat(whole(spoken).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void reportsAnErrorInAStreamThatWasWell(Spoken spoken) throws Exception {
    speak(spoken);
    provider.errorInStream("Be well", "server_error", "It broke.");

    HttpResponse<String> response = stream(spoken);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"Be \"", "\"well\"", "It broke.");
    if (spoken == Spoken.GEMINI_ARRAY) {
      JsonNode chunks = json(response);
      assertThat(chunks.get(chunks.size() - 1).has("error")).isTrue();
    } else {
      assertThat(response.body()).doesNotContain(spoken.end);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWithTheErrorWhenThereIsNoStreamToReportItIn(Spoken spoken) throws Exception {
    speak(spoken);
    provider.errorInStream("Be well", "server_error", "It broke.");

    HttpResponse<String> response = whole(spoken);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("It broke.");
  }

  @ParameterizedTest
  @EnumSource
  void failsByChanceAsItsSeedSays(Spoken spoken) throws Exception {
    speak(spoken);
    List<String> outcomes = new ArrayList<>();

    provider.faults(42, 1);
    for (int i = 0; i < 20; i++) {
      outcomes.add(outcome(spoken));
    }

    assertThat(outcomes).contains("429", "503", "cut").doesNotContain("200");
  }

  private String outcome(Spoken spoken) throws Exception {
    try {
      return Integer.toString(whole(spoken).statusCode());
    } catch (IOException e) {
      return "cut";
    }
  }
}
