package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputMessage;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client takes the simulator for OpenAI: responses. */
class OpenAiResponsesClientIT {
  private static final SimulatedAnswer RICH =
      SimulatedAnswer.builder()
          .reasoning("Weather is asked for.")
          .text("Let me see.")
          .toolCall("weather", "{\"city\":\"Paris\"}")
          .usage(new SimulatedUsage(100, 60, 10, 30, 20))
          .build();

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(provider.url().toString())
          .apiKey("sk-of-the-test")
          .maxRetries(0)
          .responseValidation(true)
          .build();

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  private static ResponseCreateParams question() {
    return ResponseCreateParams.builder().model("gpt-test").input("How is the weather?").build();
  }

  private static ResponseCreateParams withTools() {
    FunctionTool.Parameters parameters =
        FunctionTool.Parameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .build();
    return question().toBuilder()
        .instructions("Be brief.")
        .addTool(
            FunctionTool.builder().name("weather").parameters(parameters).strict(false).build())
        .build();
  }

  private static String textOf(Response response) {
    List<ResponseOutputMessage> messages =
        response.output().stream().flatMap(item -> item.message().stream()).toList();
    return messages.get(0).content().get(0).asOutputText().text();
  }

  private static void assertRich(Response response) {
    ResponseUsage usage = response.usage().orElseThrow();
    ResponseFunctionToolCall call = response.output().get(2).asFunctionCall();
    assertThat(response.status()).hasValue(ResponseStatus.COMPLETED);
    assertThat(response.output().get(0).asReasoning().summary().get(0).text())
        .isEqualTo("Weather is asked for.");
    assertThat(textOf(response)).isEqualTo("Let me see.");
    assertThat(call.name()).isEqualTo("weather");
    assertThat(call.arguments()).isEqualTo("{\"city\":\"Paris\"}");
    assertThat(usage.inputTokens()).isEqualTo(100);
    assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(60);
    assertThat(usage.outputTokens()).isEqualTo(30);
    assertThat(usage.outputTokensDetails().reasoningTokens()).isEqualTo(20);
    assertThat(usage.totalTokens()).isEqualTo(130);
  }

  private List<ResponseStreamEvent> stream(ResponseCreateParams params) {
    List<ResponseStreamEvent> events = new ArrayList<>();
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
      stream.stream().map(ResponseStreamEvent::validate).forEach(events::add);
    }
    return events;
  }

  private static String typeOf(ResponseStreamEvent event) {
    JsonNode json = event._json().orElseThrow().convert(JsonNode.class);
    return Objects.requireNonNull(json).path("type").asText();
  }

  @Test
  void readsAWholeResponse() {
    provider.answer(RICH);

    Response response = client.responses().create(withTools()).validate();

    assertRich(response);
    assertThat(response.tools()).hasSize(1);
    assertThat(response.instructions().orElseThrow().asString()).isEqualTo("Be brief.");
  }

  @Test
  void readsAStreamInTheOrderOfTheRealOne() {
    provider.answer(RICH);

    List<ResponseStreamEvent> events = stream(withTools());

    ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
    events.forEach(whole::accumulate);
    assertRich(whole.response());
    assertThat(events.stream().map(OpenAiResponsesClientIT::typeOf).distinct())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.completed");
    assertThat(whole.reconstructedResponse().output()).isEqualTo(whole.response().output());
  }

  @Test
  void sendsWhatAToolSaid() {
    provider.answer(RICH).answer("Sunny.");

    ResponseFunctionToolCall call =
        client.responses().create(withTools()).output().get(2).asFunctionCall();
    Response answered =
        client
            .responses()
            .create(
                withTools().toBuilder()
                    .inputOfResponse(
                        List.of(
                            ResponseInputItem.ofFunctionCall(call),
                            ResponseInputItem.ofFunctionCallOutput(
                                ResponseInputItem.FunctionCallOutput.builder()
                                    .callId(call.callId())
                                    .output("sunny")
                                    .build())))
                    .build());

    assertThat(textOf(answered.validate())).isEqualTo("Sunny.");
    assertThat(provider.requests().get(1).body().at("/input/1/call_id").asText())
        .isEqualTo(call.callId());
  }

  @Test
  void repeatsTheInputWithoutAScript() {
    Response response = client.responses().create(question()).validate();

    assertThat(textOf(response)).isEqualTo("How is the weather?");
    assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(4);
  }

  @Test
  void knowsThatAResponseIsIncomplete() {
    provider.answer(SimulatedAnswer.builder().text("Half a").finish(Finish.LENGTH).build());
    provider.answer(SimulatedAnswer.builder().text("x").finish(Finish.CONTENT_FILTER).build());

    Response cut = client.responses().create(question()).validate();
    ResponseStreamEvent last = lastOf(stream(question()));

    assertThat(cut.status()).hasValue(ResponseStatus.INCOMPLETE);
    assertThat(cut.incompleteDetails().orElseThrow().reason())
        .hasValue(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS);
    assertThat(last.asIncomplete().response().incompleteDetails().orElseThrow().reason())
        .hasValue(Response.IncompleteDetails.Reason.CONTENT_FILTER);
  }

  @Test
  void readsARefusal() {
    SimulatedAnswer no = SimulatedAnswer.builder().text("I can't.").finish(Finish.REFUSAL).build();
    provider.answer(no).answer(no);

    Response whole = client.responses().create(question()).validate();
    Response streamed = lastOf(stream(question())).asCompleted().response();

    for (Response response : List.of(whole, streamed)) {
      assertThat(response.output().get(0).asMessage().content().get(0).asRefusal().refusal())
          .isEqualTo("I can't.");
    }
  }

  private static ResponseStreamEvent lastOf(List<ResponseStreamEvent> events) {
    return events.get(events.size() - 1);
  }

  @Test
  void noticesFailures() {
    provider
        .rateLimit(Duration.ofMillis(1500))
        .errorInStream("Half", "rate_limit_exceeded", "Too much.")
        .cutAfter("Half a");

    assertThatThrownBy(() -> client.responses().create(question()))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            error -> assertThat(error.headers().values("retry-after-ms")).containsExactly("1500"));
    Response failed = lastOf(stream(question())).asFailed().response();
    assertThat(failed.status()).hasValue(ResponseStatus.FAILED);
    assertThat(failed.error().orElseThrow().code().asString()).isEqualTo("rate_limit_exceeded");
    assertThatThrownBy(() -> stream(question())).isInstanceOf(OpenAIIoException.class);
  }

  @Test
  void countsTheInput() {
    InputTokenCountParams params =
        InputTokenCountParams.builder().model("gpt-test").input("one two three").build();

    assertThat(client.responses().inputTokens().count(params).validate().inputTokens())
        .isEqualTo(3);
  }
}
