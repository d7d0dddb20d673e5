package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Anthropic's own client takes the simulator for Anthropic. */
class AnthropicClientIT {
  private static final SimulatedAnswer RICH =
      SimulatedAnswer.builder()
          .reasoning("Weather is asked for.")
          .text("Let me see.")
          .toolCall("weather", "{\"city\":\"Paris\",\"days\":3}")
          .toolCall("weather", "{}")
          .usage(new SimulatedUsage(100, 60, 10, 30, 20))
          .serviceTier("priority")
          .build();

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final AnthropicClient client =
      AnthropicOkHttpClient.builder()
          .baseUrl(provider.rootUrl().toString())
          .apiKey("sk-ant-right")
          .maxRetries(0)
          .responseValidation(true)
          .build();

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  private static MessageCreateParams question() {
    return MessageCreateParams.builder()
        .model("claude-test")
        .maxTokens(2048)
        .system("Be brief.")
        .addUserMessage("How is the weather?")
        .build();
  }

  private static MessageCreateParams withTools() {
    Tool tool =
        Tool.builder().name("weather").inputSchema(Tool.InputSchema.builder().build()).build();
    return question().toBuilder().enabledThinking(1024).addTool(tool).build();
  }

  private Message stream(MessageCreateParams params) {
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
      events.stream().map(RawMessageStreamEvent::validate).forEach(whole::accumulate);
    }
    return whole.message();
  }

  private static void assertRich(Message message) {
    Usage usage = message.usage();
    ToolUseBlock call = message.content().get(2).asToolUse();
    assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Weather is asked for.");
    assertThat(message.content().get(0).asThinking().signature()).isNotBlank();
    assertThat(message.content().get(1).asText().text()).isEqualTo("Let me see.");
    assertThat(call.name()).isEqualTo("weather");
    assertThat(call._input()).isEqualTo(JsonValue.from(Map.of("city", "Paris", "days", 3)));
    assertThat(message.content().get(3).asToolUse().id()).isNotEqualTo(call.id());
    assertThat(message.stopReason()).hasValue(StopReason.TOOL_USE);
    assertThat(message.model().asString()).isEqualTo("claude-test");
    assertThat(usage.inputTokens()).isEqualTo(30);
    assertThat(usage.cacheReadInputTokens()).hasValue(60L);
    assertThat(usage.cacheCreationInputTokens()).hasValue(10L);
    assertThat(usage.outputTokens()).isEqualTo(30);
    assertThat(usage.serviceTier()).hasValue(Usage.ServiceTier.PRIORITY);
  }

  @Test
  void readsAWholeMessage() {
    provider.answer(RICH);

    Message message = client.messages().create(withTools()).validate();

    assertRich(message);
    assertThat(message.usage().outputTokensDetails().orElseThrow().thinkingTokens()).isEqualTo(20);
  }

  @Test
  void putsAMessageTogetherFromAStream() {
    provider.answer(RICH);

    assertRich(stream(withTools()));
  }

  @Test
  void sendsWhatAToolSaidAndTheThinkingBeforeIt() {
    provider.answer(RICH).answer("Sunny.");

    Message asked = client.messages().create(withTools());
    String id = asked.content().get(2).asToolUse().id();
    ToolResultBlockParam result =
        ToolResultBlockParam.builder().toolUseId(id).content("sunny").build();
    Message answered =
        client
            .messages()
            .create(
                withTools().toBuilder()
                    .addMessage(asked)
                    .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofToolResult(result)))
                    .build())
            .validate();

    assertThat(answered.content().get(0).asText().text()).isEqualTo("Sunny.");
    assertThat(answered.usage().inputTokens()).isEqualTo(10);
    assertThat(provider.requests().get(1).body().at("/messages/1/content/0/signature").asText())
        .isEqualTo(asked.content().get(0).asThinking().signature());
    assertThat(provider.requests().get(1).body().at("/messages/2/content/0/tool_use_id").asText())
        .isEqualTo(id);
  }

  @Test
  void knowsWhyAnAnswerEnded() {
    Map<Finish, StopReason> reasons =
        Map.of(
            Finish.STOP, StopReason.END_TURN,
            Finish.LENGTH, StopReason.MAX_TOKENS,
            Finish.CONTENT_FILTER, StopReason.REFUSAL,
            Finish.REFUSAL, StopReason.REFUSAL,
            Finish.PAUSE_TURN, StopReason.PAUSE_TURN);

    reasons.forEach(
        (finish, reason) -> {
          SimulatedAnswer answer = SimulatedAnswer.builder().text("x").finish(finish).build();
          provider.answer(answer).answer(answer);
          assertThat(client.messages().create(question()).validate().stopReason()).hasValue(reason);
          assertThat(stream(question()).stopReason()).hasValue(reason);
        });
  }

  @Test
  void understandsRefusals() {
    provider.rateLimit(Duration.ofSeconds(7)).fail(401).fail(529).fail(500);

    RateLimitException limited = failure(RateLimitException.class);
    assertThat(limited.headers().values("retry-after")).containsExactly("7");
    assertThat(limited.type()).hasValue(ErrorType.RATE_LIMIT_ERROR);
    assertThat(limited.requestId()).hasValue("req_simulated_1");
    assertThat(failure(UnauthorizedException.class).type())
        .hasValue(ErrorType.AUTHENTICATION_ERROR);
    InternalServerException overloaded = failure(InternalServerException.class);
    assertThat(overloaded.statusCode()).isEqualTo(529);
    assertThat(overloaded.type()).hasValue(ErrorType.OVERLOADED_ERROR);
    assertThat(failure(InternalServerException.class).type()).hasValue(ErrorType.API_ERROR);
  }

  private <T extends AnthropicServiceException> T failure(Class<T> type) {
    return catchThrowableOfType(type, () -> client.messages().create(question()));
  }

  @Test
  void refusesAnotherKeyThanTheOneItRequires() {
    provider.requireKey("sk-ant-right");
    assertThat(client.messages().create(question()).isValid()).isTrue();

    provider.requireKey("sk-ant-other");
    assertThat(failure(UnauthorizedException.class).type())
        .hasValue(ErrorType.AUTHENTICATION_ERROR);
  }

  @Test
  void noticesAnErrorInAStreamAndACut() {
    provider.errorInStream("Blue", "overloaded_error", "Overloaded").cutAfter("Blue as");

    assertThatThrownBy(() -> stream(question()))
        .isInstanceOfSatisfying(
            SseException.class,
            error -> assertThat(error.type()).hasValue(ErrorType.OVERLOADED_ERROR));
    assertThatThrownBy(() -> stream(question())).isInstanceOf(AnthropicIoException.class);
  }

  @Test
  void countsTokensWithoutUsingUpItsScript() {
    provider.answer("for a chat");
    MessageCountTokensParams params =
        MessageCountTokensParams.builder()
            .model("claude-test")
            .system("Be brief.")
            .addUserMessage("one two three")
            .build();

    assertThat(client.messages().countTokens(params).validate().inputTokens()).isEqualTo(5);
    assertThat(client.messages().create(question()).content().get(0).asText().text())
        .isEqualTo("for a chat");
  }

  @Test
  void listsModels() {
    provider.withModels("claude-test");

    assertThat(client.models().list().data())
        .extracting(model -> model.id())
        .containsExactly("claude-test");
  }
}
