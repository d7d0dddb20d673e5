package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client takes the simulator for OpenAI: chat completions and embeddings. */
class OpenAiClientIT {
  private static final SimulatedUsage USAGE = new SimulatedUsage(100, 60, 0, 30, 20);

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(provider.url().toString())
          .apiKey("sk-right")
          .maxRetries(0)
          .responseValidation(true)
          .build();

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  private static ChatCompletionCreateParams.Builder question() {
    return ChatCompletionCreateParams.builder().model("gpt-test").addUserMessage("What is it?");
  }

  private static ChatCompletionCreateParams withTools() {
    FunctionParameters parameters =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .build();
    return question()
        .addFunctionTool(
            FunctionDefinition.builder().name("weather").parameters(parameters).build())
        .build();
  }

  private ChatCompletion stream(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      chunks.stream().map(ChatCompletionChunk::validate).forEach(whole::accumulate);
    }
    return whole.chatCompletion();
  }

  @Test
  void readsAWholeAnswerWithAllOfItsUsage() {
    provider.answer(
        SimulatedAnswer.builder()
            .text("Blue.")
            .reasoning("The sky is meant.")
            .usage(USAGE)
            .servedModel("gpt-test-2026")
            .serviceTier("flex")
            .build());

    ChatCompletion completion = client.chat().completions().create(question().build()).validate();

    ChatCompletion.Choice choice = completion.choices().get(0);
    CompletionUsage usage = completion.usage().orElseThrow();
    assertThat(choice.message().content()).hasValue("Blue.");
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(completion.model()).isEqualTo("gpt-test-2026");
    assertThat(completion.serviceTier()).hasValue(ChatCompletion.ServiceTier.FLEX);
    assertThat(usage.promptTokens()).isEqualTo(100);
    assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).hasValue(60L);
    assertThat(usage.completionTokens()).isEqualTo(30);
    assertThat(usage.completionTokensDetails().orElseThrow().reasoningTokens()).hasValue(20L);
    assertThat(usage.totalTokens()).isEqualTo(130);
  }

  @Test
  void readsAStream() {
    provider.answer(SimulatedAnswer.builder().text("Blue as the sky.").usage(USAGE).build());

    ChatCompletion completion =
        stream(
            question()
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

    assertThat(completion.choices().get(0).message().content()).hasValue("Blue as the sky.");
    assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(130);
    assertThat(provider.requests().get(0).body().path("stream").asBoolean()).isTrue();
  }

  @Test
  void callsToolsAndSendsWhatTheySaid() {
    provider
        .answer(
            SimulatedAnswer.builder()
                .toolCall("weather", "{\"city\":\"Paris\",\"days\":3}")
                .toolCall("weather", "{\"city\":\"Rome\"}")
                .build())
        .answer("Sunny.");
    ChatCompletionCreateParams params = withTools();

    ChatCompletion.Choice asked =
        client.chat().completions().create(params).validate().choices().get(0);
    List<ChatCompletionMessageFunctionToolCall> calls = functionCalls(asked.message());
    ChatCompletion answered =
        client
            .chat()
            .completions()
            .create(
                params.toBuilder()
                    .addMessage(asked.message())
                    .addMessage(result(calls.get(0)))
                    .addMessage(result(calls.get(1)))
                    .build());

    assertThat(asked.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(asked.message().content()).isEmpty();
    assertThat(calls.get(0).function().name()).isEqualTo("weather");
    assertThat(calls.get(0).function().arguments()).isEqualTo("{\"city\":\"Paris\",\"days\":3}");
    assertThat(calls.get(1).id()).isNotEqualTo(calls.get(0).id());
    assertThat(answered.choices().get(0).message().content()).hasValue("Sunny.");
    assertThat(provider.requests().get(1).body().at("/messages/2/tool_call_id").asText())
        .isEqualTo(calls.get(0).id());
  }

  private static List<ChatCompletionMessageFunctionToolCall> functionCalls(
      ChatCompletionMessage message) {
    return message.toolCalls().orElseThrow().stream().map(call -> call.asFunction()).toList();
  }

  private static ChatCompletionToolMessageParam result(ChatCompletionMessageFunctionToolCall call) {
    return ChatCompletionToolMessageParam.builder()
        .toolCallId(call.id())
        .content("It is sunny.")
        .build();
  }

  @Test
  void putsTheArgumentsOfAToolTogetherFromAStream() {
    provider.answer(
        SimulatedAnswer.builder()
            .text("Let me see.")
            .toolCall("weather", "{\"city\":\"Paris\"}")
            .toolCall("weather", "{\"city\":\"Rome\"}")
            .build());

    ChatCompletion.Choice choice = stream(withTools()).choices().get(0);

    assertThat(choice.message().content()).hasValue("Let me see.");
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(functionCalls(choice.message()))
        .extracting(call -> call.function().arguments())
        .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Rome\"}");
  }

  @Test
  void sendsArgumentsThatWereCutOffAsTheyAre() {
    SimulatedAnswer cut =
        SimulatedAnswer.builder().toolCall("weather", "{\"ci").finish(Finish.LENGTH).build();
    provider.answer(cut).answer(cut);

    ChatCompletion whole = client.chat().completions().create(withTools()).validate();
    ChatCompletion streamed = stream(withTools());

    for (ChatCompletion completion : List.of(whole, streamed)) {
      ChatCompletion.Choice choice = completion.choices().get(0);
      assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
      assertThat(functionCalls(choice.message()).get(0).function().arguments()).isEqualTo("{\"ci");
    }
  }

  @Test
  void knowsWhyAnAnswerEnded() {
    for (Finish finish : List.of(Finish.LENGTH, Finish.CONTENT_FILTER, Finish.PAUSE_TURN)) {
      provider.answer(SimulatedAnswer.builder().text("x").finish(finish).build());
    }
    provider.answer(SimulatedAnswer.builder().text("No.").finish(Finish.REFUSAL).build());

    assertThat(finish()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    assertThat(finish()).isEqualTo(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
    assertThat(finish()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    ChatCompletion refused = stream(question().build());
    assertThat(refused.choices().get(0).message().refusal()).hasValue("No.");
  }

  private ChatCompletion.Choice.FinishReason finish() {
    return client
        .chat()
        .completions()
        .create(question().build())
        .validate()
        .choices()
        .get(0)
        .finishReason();
  }

  @Test
  void understandsRefusals() {
    provider.rateLimit(Duration.ofSeconds(7)).fail(401).fail(500).fail(503);

    RateLimitException limited = failure(RateLimitException.class);
    assertThat(limited.headers().values("retry-after")).containsExactly("7");
    assertThat(limited.code()).hasValue("rate_limit_exceeded");
    assertThat(failure(UnauthorizedException.class).code()).hasValue("invalid_api_key");
    assertThat(failure(InternalServerException.class).statusCode()).isEqualTo(500);
    InternalServerException overloaded = failure(InternalServerException.class);
    assertThat(overloaded.statusCode()).isEqualTo(503);
    assertThat(overloaded.type()).hasValue("server_error");
    assertThat(overloaded.headers().values("x-request-id")).containsExactly("req_simulated_4");
  }

  private <T extends OpenAIServiceException> T failure(Class<T> type) {
    return catchThrowableOfType(type, () -> client.chat().completions().create(question().build()));
  }

  @Test
  void refusesAnotherKeyThanTheOneItRequires() {
    provider.requireKey("sk-right");
    assertThat(client.chat().completions().create(question().build()).isValid()).isTrue();

    provider.requireKey("sk-other");
    assertThat(failure(UnauthorizedException.class).code()).hasValue("invalid_api_key");
  }

  @Test
  void noticesAnErrorInAStreamAndACut() {
    provider.errorInStream("Blue", "server_error", "It broke.").cutAfter("Blue as");

    assertThatThrownBy(() -> stream(question().build()))
        .isInstanceOfSatisfying(
            SseException.class, error -> assertThat(error.code()).hasValue("server_error"));
    assertThatThrownBy(() -> stream(question().build())).isInstanceOf(OpenAIIoException.class);
  }

  @Test
  void readsEmbeddingsOfBothEncodings() {
    provider.rateLimit(Duration.ofSeconds(1)).answer("for a chat");
    EmbeddingCreateParams.Builder params =
        EmbeddingCreateParams.builder()
            .model("embed-test")
            .inputOfArrayOfStrings(List.of("one two", "three"))
            .dimensions(5);

    assertThatThrownBy(() -> client.embeddings().create(params.build()))
        .isInstanceOf(RateLimitException.class);
    CreateEmbeddingResponse floats =
        client
            .embeddings()
            .create(params.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build())
            .validate();
    CreateEmbeddingResponse packed =
        client
            .embeddings()
            .create(params.encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64).build())
            .validate();

    assertThat(floats.data()).hasSize(2);
    assertThat(floats.data().get(0).embedding()).hasSize(5);
    assertThat(floats.data().get(1).embedding()).isNotEqualTo(floats.data().get(0).embedding());
    assertThat(packed.data().get(1).embedding()).isEqualTo(floats.data().get(1).embedding());
    assertThat(floats.usage().promptTokens()).isEqualTo(3);
    ChatCompletion chat = client.chat().completions().create(question().build());
    assertThat(chat.choices().get(0).message().content()).hasValue("for a chat");
  }

  @Test
  void listsModels() {
    provider.withModels("gpt-test", "gpt-other");

    assertThat(client.models().list().data())
        .extracting(model -> model.validate().id())
        .containsExactly("gpt-test", "gpt-other");
  }
}
