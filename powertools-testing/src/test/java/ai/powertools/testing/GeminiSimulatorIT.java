package ai.powertools.testing;

import static ai.powertools.testing.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Google's client hides or never asks for. */
class GeminiSimulatorIT {
  private static final String MODEL = "/v1beta/models/gemini-test";
  private static final String WHOLE = MODEL + ":generateContent";
  private static final String STREAM = MODEL + ":streamGenerateContent";
  private static final String QUESTION =
      """
      {"systemInstruction": {"parts": [{"text": "Be brief."}]},
       "contents": [{"parts": [{"text": "What is it?"}]}]}""";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.rootUrl());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void streamsAnArrayUnlessEventsAreAskedFor() throws Exception {
    provider.answer("one two").errorInStream("one", "RESOURCE_EXHAUSTED", "Too much.");

    HttpResponse<String> response = client.send(STREAM, QUESTION);
    JsonNode failed = json(client.send(STREAM, QUESTION));

    JsonNode chunks = json(response);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(chunks).hasSize(3);
    assertThat(chunks.at("/0/candidates/0/content/parts/0/text").asText()).isEqualTo("one ");
    assertThat(chunks.at("/0/candidates/0").has("finishReason")).isFalse();
    assertThat(chunks.at("/2/candidates/0/finishReason").asText()).isEqualTo("STOP");
    assertThat(chunks.at("/2/usageMetadata/totalTokenCount").asInt()).isEqualTo(7);
    assertThat(failed.at("/1/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(failed.at("/1/error/code").asInt()).isEqualTo(429);
  }

  @Test
  void saysHowLongToWaitInTheBodyAndNotInAHeader() throws Exception {
    provider.rateLimit(Duration.ofMillis(1500)).rateLimit(Duration.ofSeconds(20));

    HttpResponse<String> limited = client.send(WHOLE, QUESTION);
    JsonNode longer = json(client.send(WHOLE, QUESTION));

    JsonNode detail = json(limited).at("/error/details/0");
    assertThat(detail.path("@type").asText()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
    assertThat(detail.path("retryDelay").asText()).isEqualTo("1.5s");
    assertThat(longer.at("/error/details/0/retryDelay").asText()).isEqualTo("20s");
    assertThat(limited.headers().map()).doesNotContainKeys("retry-after", "retry-after-ms");
  }

  @Test
  void takesTheKeyFromTheQueryAndPrintsItNowhere() throws Exception {
    provider.requireKey("AIza-right");

    HttpResponse<String> right = client.sendWith("x-n", "1", WHOLE + "?key=AIza-right", QUESTION);
    HttpResponse<String> wrong = client.sendWith("x-n", "2", WHOLE + "?key=AIza-wrong", QUESTION);
    HttpResponse<String> none = client.sendWith("x-n", "3", WHOLE, QUESTION);

    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(json(wrong).at("/error/details/0/reason").asText()).isEqualTo("API_KEY_INVALID");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(provider.requests().get(0).query()).isEqualTo("key=AIza-right");
    assertThat(provider.requests().get(0).toString())
        .contains(WHOLE + "?key=(not shown)")
        .doesNotContain("AIza-right");
  }

  @Test
  void signsThoughtsThatLeadToNoCall() throws Exception {
    SimulatedAnswer thought = SimulatedAnswer.builder().reasoning("Hm.").text("So.").build();
    provider.answer(thought).answer(thought);

    JsonNode whole = json(client.send(WHOLE, QUESTION));
    JsonNode chunks = json(client.send(STREAM, QUESTION));

    JsonNode last = chunks.get(chunks.size() - 1);
    assertThat(whole.at("/candidates/0/content/parts/0/thought").asBoolean()).isTrue();
    assertThat(whole.at("/candidates/0/content/parts/1").has("thoughtSignature")).isTrue();
    assertThat(last.at("/candidates/0/content/parts/0").has("thoughtSignature")).isTrue();
    assertThat(whole.at("/usageMetadata/thoughtsTokenCount").asInt()).isEqualTo(1);
  }

  @Test
  void refusesWhatGeminiWouldNotTake() throws Exception {
    assertThat(json(client.send(WHOLE, "{}")).at("/error/status").asText())
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(client.send(WHOLE, "no json").statusCode()).isEqualTo(400);
    assertThat(client.send(MODEL + ":fly", QUESTION).statusCode()).isEqualTo(404);
    assertThat(json(client.get(WHOLE)).at("/error/status").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void embedsCountsAndListsModels() throws Exception {
    provider.withModels("gemini-test");

    JsonNode embedding =
        json(
            client.send(
                "/v1/models/e:embedContent",
                "{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"outputDimensionality\":3}"));
    JsonNode count =
        json(client.send(MODEL + ":countTokens", "{\"generateContentRequest\":" + QUESTION + "}"));
    JsonNode models = json(client.get("/v1beta/models"));

    assertThat(embedding.at("/embedding/values")).hasSize(3);
    assertThat(count.path("totalTokens").asInt()).isEqualTo(5);
    assertThat(models.at("/models/0/name").asText()).isEqualTo("models/gemini-test");
  }

  @Test
  void answersOnThePathOfAProjectOfVertex() throws Exception {
    String path = "/v1/projects/p/locations/l/publishers/google/models/gemini-test:generateContent";

    JsonNode body = json(client.send(path, QUESTION));

    assertThat(body.at("/candidates/0/content/parts/0/text").asText()).isEqualTo("What is it?");
    assertThat(body.path("modelVersion").asText()).isEqualTo("gemini-test");
  }
}
