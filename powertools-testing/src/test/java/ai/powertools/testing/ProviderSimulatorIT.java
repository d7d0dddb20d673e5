package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.events;
import static ai.powertools.testing.TestClient.json;
import static ai.powertools.testing.TestClient.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderSimulatorIT {
  private static final String CHAT = "/chat/completions";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.url());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void repeatsTheLastUserMessageWhenItHasNoScript() throws Exception {
    HttpResponse<String> response = client.send(CHAT, chat("What is it?"));

    JsonNode body = json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.headers().firstValue("x-request-id")).hasValue("req_simulated_1");
    assertThat(body.at("/id").asText()).isEqualTo("chatcmpl-simulated-1");
    assertThat(body.at("/object").asText()).isEqualTo("chat.completion");
    assertThat(body.at("/model").asText()).isEqualTo("gpt-test");
    assertThat(body.at("/created").asLong()).isGreaterThan(1_700_000_000L);
    assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("What is it?");
    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void countsWordsAsTokensUnlessTold() throws Exception {
    provider.answer("one two three").answer("four", 1200, 350);

    JsonNode counted = json(client.send(CHAT, chat("What is it?"))).path("usage");
    JsonNode told = json(client.send(CHAT, chat("What is it?"))).path("usage");

    assertThat(counted.path("prompt_tokens").asInt()).isEqualTo(5);
    assertThat(counted.path("completion_tokens").asInt()).isEqualTo(3);
    assertThat(counted.path("total_tokens").asInt()).isEqualTo(8);
    assertThat(counted.at("/prompt_tokens_details/cached_tokens").asInt(-1)).isZero();
    assertThat(counted.at("/completion_tokens_details/reasoning_tokens").asInt(-1)).isZero();
    assertThat(told.path("prompt_tokens").asInt()).isEqualTo(1200);
    assertThat(told.path("completion_tokens").asInt()).isEqualTo(350);
    assertThat(told.path("total_tokens").asInt()).isEqualTo(1550);
  }

  @Test
  void streamsRoleTextReasonUsageAndDone() throws Exception {
    provider.answer("Grüße, 世界 👩‍👩‍👧!\n  Indented.", 7, 5);

    HttpResponse<String> response = client.send(CHAT, streamed("Hello"));

    List<String> events = events(response.body());
    List<JsonNode> chunks =
        events.subList(0, events.size() - 1).stream().map(TestClient::json).toList();
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(events).last().isEqualTo("[DONE]");
    assertThat(chunks)
        .allSatisfy(
            chunk -> assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk"));
    assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(chunks.get(0).at("/choices/0/delta/content").asText("none")).isEmpty();
    assertThat(TestClient.textOf(chunks)).isEqualTo("Grüße, 世界 👩‍👩‍👧!\n  Indented.");
    JsonNode lastButOne = chunks.get(chunks.size() - 2);
    assertThat(lastButOne.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(lastButOne.path("usage").isNull()).isTrue();
    JsonNode last = chunks.get(chunks.size() - 1);
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.at("/usage/prompt_tokens").asInt()).isEqualTo(7);
    assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void leavesUsageOutOfAStreamThatDidNotAskForIt() throws Exception {
    String request = chat("Hello you").replaceFirst("\\{", "{\"stream\": true, ");

    List<String> events = events(client.send(CHAT, request).body());

    assertThat(events).hasSize(5).noneMatch(event -> event.contains("usage"));
  }

  @Test
  void readsContentThatIsAListOfParts() throws Exception {
    String request =
        """
        {"model": "m", "messages": [{"role": "user", "content": [
          {"type": "text", "text": "Two "}, {"type": "text", "text": "parts"}]}]}""";

    JsonNode body = json(client.send(CHAT, request));

    assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("Two parts");
    assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void usesUpItsScriptInOrder() throws Exception {
    provider.answer("first").fail(503).answer("third");

    assertThat(client.send(CHAT, chat("x")).body()).contains("first");
    assertThat(client.send(CHAT, chat("x")).statusCode()).isEqualTo(503);
    assertThat(client.send(CHAT, chat("x")).body()).contains("third");
    assertThat(client.send(CHAT, chat("x")).body()).contains("\"x\"");
  }

  @Test
  void recordsWhatItReceivedButPrintsNoKey() throws Exception {
    client.send(CHAT + "?trace=1", chat("What?"));
    client.get("/models");

    assertThat(provider.requests()).hasSize(2);
    RecordedRequest request = provider.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/chat/completions");
    assertThat(request.header("Authorization")).hasValue("Bearer sk-of-the-test");
    assertThat(request.headers()).containsEntry("content-type", "application/json");
    assertThat(request.body().at("/messages/1/content").asText()).isEqualTo("What?");
    assertThat(request.toString())
        .contains("POST /v1/chat/completions", "authorization=(not shown)", "What?")
        .doesNotContain("sk-of-the-test");
    assertThat(provider.requests().get(1).body().isMissingNode()).isTrue();
  }

  @Test
  void keepsNoMoreRequestsThanItIsTold() throws Exception {
    provider.keepLast(1);
    client.send(CHAT, chat("first"));
    client.send(CHAT, chat("second"));

    assertThat(provider.requests()).hasSize(1);
    assertThat(provider.requests().get(0).toString()).contains("second");
  }

  @Test
  void listsItsModels() throws Exception {
    provider.withModels("gpt-test", "gpt-other");

    JsonNode list = json(client.get("/models"));

    assertThat(list.path("object").asText()).isEqualTo("list");
    assertThat(list.path("data").findValuesAsText("id")).containsExactly("gpt-test", "gpt-other");
  }

  @Test
  void refusesWhatNoProviderWouldTakeWithoutUsingUpItsScript() throws Exception {
    provider.answer("scripted");

    assertThat(complaintOf("{not json"))
        .isEqualTo("We could not parse the JSON body of your request.");
    assertThat(complaintOf("{\"messages\": []}")).isEqualTo("you must provide a model parameter");
    assertThat(complaintOf("{\"model\": \"m\"}"))
        .isEqualTo("Missing required parameter: 'messages'.");
    assertThat(provider.requests().get(0).body().asText()).isEqualTo("{not json");
    assertThat(client.send(CHAT, chat("x")).body()).contains("scripted");
  }

  private String complaintOf(String request) throws Exception {
    HttpResponse<String> response = client.send(CHAT, request);
    assertThat(response.statusCode()).isEqualTo(400);
    return json(response).at("/error/message").asText();
  }

  @Test
  void knowsNoOtherPaths() throws Exception {
    HttpResponse<String> response = client.get("/elsewhere");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).at("/error/message").asText())
        .isEqualTo("Unknown request URL: GET /v1/elsewhere.");
  }

  @Test
  void addsTheHeadersItIsToldTo() throws Exception {
    provider.withHeader("x-ratelimit-remaining-requests", "59").fail(500);

    assertThat(client.send(CHAT, chat("x")).headers().firstValue("x-ratelimit-remaining-requests"))
        .hasValue("59");
    assertThat(
            client.send(CHAT, streamed("x")).headers().firstValue("x-ratelimit-remaining-requests"))
        .hasValue("59");
  }

  @Test
  void addsThemToEmbeddingsToo() throws Exception {
    provider.withHeader("x-ratelimit-remaining-requests", "59");

    HttpResponse<String> response = client.send("/embeddings", "{\"model\":\"e\",\"input\":\"x\"}");

    assertThat(response.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("59");
    assertThat(response.headers().firstValue("x-request-id")).hasValue("req_simulated_1");
  }

  @Test
  void takesNoNonsense() {
    assertThatThrownBy(() -> provider.requireKey(" "))
        .hasMessage("A key that is required can't be blank.");
    assertThatThrownBy(() -> provider.fail(200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A failure has a status from 400 to 599: 200");
    assertThatThrownBy(() -> provider.fail(600)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> provider.rateLimit(Duration.ofMillis(-1)))
        .hasMessage("A wait can't be negative: PT-0.001S");
    assertThatThrownBy(() -> provider.delay(Duration.ofMillis(-1)))
        .hasMessage("A delay can't be negative: PT-0.001S");
    assertThatThrownBy(() -> provider.answer("x", -1, 0))
        .hasMessage("Token counts can't be negative: -1 and 0.");
    assertThatThrownBy(() -> provider.answer("x", 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> provider.faults(1, 1.5)).hasMessage("A share is from 0 to 1: 1.5");
    assertThatThrownBy(() -> provider.faults(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
