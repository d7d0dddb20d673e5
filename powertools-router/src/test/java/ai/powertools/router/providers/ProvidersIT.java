package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.models.Certainty;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ChatStream;
import ai.powertools.router.Content;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.StreamListener;
import ai.powertools.router.TokenCountingProvider;
import ai.powertools.router.Tool;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.SimulatedAnswer;
import ai.powertools.testing.SimulatedUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all clients have in common, each in its own dialect. */
class ProvidersIT {
  private static final Tool WEATHER =
      Tool.of(
          "get_weather",
          "The weather of a city",
          "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

  private final ProviderSimulator simulator = ProviderSimulator.start();

  @AfterEach
  void close() {
    simulator.close();
  }

  private ChatProvider client(Dialects dialect) {
    if (dialect == Dialects.LLAMA_CPP) {
      simulator.asLlamaCpp();
    }
    return dialect.client(simulator);
  }

  private static ProviderCall call(ChatRequest request) {
    return new ProviderCall("some-model", request, Optional.empty(), Deadline.never());
  }

  @ParameterizedTest
  @EnumSource
  void answersWholeAndAsAStreamAlike(Dialects dialect) {
    ChatProvider client = client(dialect);
    SimulatedAnswer answer =
        SimulatedAnswer.builder()
            .text("Rayleigh scattering, mostly.")
            .usage(SimulatedUsage.of(12, 5))
            .build();
    simulator.answer(answer).answer(answer);
    List<StreamEvent> told = new ArrayList<>();

    ChatResponse whole = client.chat(call(ChatRequest.of("Why?")));
    ChatResponse streamed =
        client.chat(
            new ProviderCall(
                "some-model", ChatRequest.of("Why?"), Optional.of(told::add), Deadline.never()));

    for (ChatResponse response : List.of(whole, streamed)) {
      assertThat(response.text()).isEqualTo("Rayleigh scattering, mostly.");
      assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
      assertThat(response.usage().inputTokens()).isEqualTo(12);
      assertThat(response.usage().outputTokens()).isEqualTo(5);
      assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
      assertThat(response.model()).isEqualTo("some-model");
      assertThat(response.details().usage()).isPresent();
    }
    assertThat(told).anyMatch(StreamEvent.TextDelta.class::isInstance);
    assertThat(told).anyMatch(StreamEvent.UsageUpdate.class::isInstance);
    assertThat(told).noneMatch(StreamEvent.Finished.class::isInstance);
    assertThat(streamed.timeToFirstToken()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void callsToolsAndIsToldWhatTheyAnswered(Dialects dialect) {
    ChatProvider client = client(dialect);
    simulator
        .answer(SimulatedAnswer.builder().toolCall("get_weather", "{\"city\":\"Paris\"}").build())
        .answer("Sunny.");
    ChatRequest request = ChatRequest.builder().user("Weather?").tool(WEATHER).build();

    ChatResponse asked;
    try (ChatStream stream = client.stream(call(request))) {
      asked = stream.response();
    }
    Content.ToolCall tool = asked.toolCalls().get(0);
    ChatResponse answered =
        client.chat(call(request.and(asked.message(), Message.toolResult(tool, "{\"sky\":1}"))));

    assertThat(asked.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(tool.name()).isEqualTo("get_weather");
    assertThat(tool.id()).isNotEmpty();
    assertThat(tool.arguments().path("city").asText()).isEqualTo("Paris");
    assertThat(answered.text()).isEqualTo("Sunny.");
  }

  @ParameterizedTest
  @EnumSource
  void understandsThatItIsTooMuch(Dialects dialect) {
    ChatProvider client = client(dialect);
    simulator.rateLimit(Duration.ofSeconds(2));

    ProviderException error =
        catchThrowableOfType(
            ProviderException.class, () -> client.chat(call(ChatRequest.of("Why?"))));

    assertThat(error).isInstanceOf(ProviderException.RateLimited.class);
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(2));
    assertThat(error.retryable()).isTrue();
    assertThat(error.mayBeBilled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void understandsThatTheKeyIsWrongAndDoesNotSayIt(Dialects dialect) {
    ChatProvider client = client(dialect);
    simulator.requireKey("another");

    ProviderException error =
        catchThrowableOfType(
            ProviderException.class, () -> client.chat(call(ChatRequest.of("Why?"))));

    assertThat(error).isInstanceOf(ProviderException.Authentication.class);
    assertThat(error).hasMessageNotContaining("key-0123456789");
    assertThat(client).asString().doesNotContain("key-0123456789");
  }

  @ParameterizedTest
  @EnumSource
  void deliversWhatArrivedBeforeTheStreamBroke(Dialects dialect) {
    ChatProvider client = client(dialect);
    simulator.cutAfter("Once upon a").errorInStream("There was", "server_error", "Out of ink.");

    for (String partial : List.of("Once upon a", "There was")) {
      List<String> told = new ArrayList<>();
      try (ChatStream stream = client.stream(call(ChatRequest.of("Tell!")))) {
        ProviderException error =
            catchThrowableOfType(
                ProviderException.class,
                () ->
                    stream.forEach(
                        event -> {
                          if (event instanceof StreamEvent.TextDelta delta) {
                            told.add(delta.text());
                          }
                        }));

        assertThat(String.join("", told)).isEqualTo(partial);
        assertThat(error.contentDelivered()).isTrue();
        assertThat(error.partialText()).isEqualTo(partial);
        assertThat(stream.partialUsage())
            .hasValueSatisfying(usage -> assertThat(usage.outputTokens()).isPositive());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void hangsUpWhenTheStreamIsClosed(Dialects dialect) throws InterruptedException {
    ChatProvider client = client(dialect);
    simulator.stallAfter("Once upon");

    ChatStream stream = client.stream(call(ChatRequest.of("Tell!")));
    assertThat(stream.iterator().hasNext()).isTrue();
    stream.close();

    simulator.awaitAbandoned(1);
    assertThat(stream.partialUsage()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void knowsWhatWasUsedAtWhicheverEventItsReaderCallsItOff(Dialects dialect) {
    ChatProvider client = client(dialect);
    int events = countEvents(client);
    for (int last = 0; last < events; last++) {
      AtomicInteger left = new AtomicInteger(last);
      StreamListener leaving =
          event -> {
            if (left.getAndDecrement() == 0) {
              throw new CancelledException("enough", null);
            }
          };
      simulator.answer("Once upon a time");

      ProviderException error =
          catchThrowableOfType(
              ProviderException.class,
              () ->
                  client.chat(
                      new ProviderCall(
                          "some-model",
                          ChatRequest.of("Tell!"),
                          Optional.of(leaving),
                          Deadline.never())));

      assertThat(error).as("event %d of %d", last, events).isNotNull();
      assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(error.partialUsage()).as("event %d of %d", last, events).isPresent();
    }
  }

  private int countEvents(ChatProvider client) {
    simulator.answer("Once upon a time");
    List<StreamEvent> told = new ArrayList<>();
    client.chat(
        new ProviderCall(
            "some-model", ChatRequest.of("Tell!"), Optional.of(told::add), Deadline.never()));
    return told.size();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
  void turnsTextsIntoVectors(Dialects dialect) {
    EmbeddingProvider client = (EmbeddingProvider) client(dialect);
    EmbeddingRequest request =
        EmbeddingRequest.of("some-model", List.of("one", "two"))
            .withPurpose(EmbeddingRequest.Purpose.QUERY);

    EmbeddingResponse response = client.embed(request);

    assertThat(response.vectors()).hasSize(2);
    assertThat(response.vectors().get(0)).hasSameSizeAs(response.vectors().get(1)).isNotEmpty();
    assertThat(response.usage().inputTokens()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC", "GEMINI", "LLAMA_CPP"})
  void countsTokensAtTheVendor(Dialects dialect) {
    TokenCountingProvider client = (TokenCountingProvider) client(dialect);

    long tokens =
        client.countTokens(
            "some-model", ChatRequest.builder().user("one two three").tool(WEATHER).build());

    assertThat(tokens).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "GEMINI", "OLLAMA", "LLAMA_CPP", "OPENAI_RESPONSES"})
  void keepsThoughtsApart(Dialects dialect) {
    ChatProvider client = client(dialect);
    SimulatedAnswer answer =
        SimulatedAnswer.builder().reasoning("Let me see.").text("Blue.").build();
    simulator.answer(answer).answer(answer).answer("Again.");
    ChatRequest request = ChatRequest.of("Why?");

    ChatResponse whole = client.chat(call(request));
    List<StreamEvent> events = new ArrayList<>();
    try (ChatStream stream = client.stream(call(request))) {
      stream.forEach(events::add);
    }
    ChatResponse again = client.chat(call(request.and(whole.message(), Message.user("And then?"))));

    assertThat(whole.text()).isEqualTo("Blue.");
    assertThat(whole.reasoning()).isEqualTo("Let me see.");
    assertThat(events).anyMatch(StreamEvent.ReasoningDelta.class::isInstance);
    assertThat(again.text()).isEqualTo("Again.");
  }

  @ParameterizedTest
  @EnumSource
  void endsOnADeadline(Dialects dialect) {
    ChatProvider client = client(dialect);
    simulator.stall();

    ProviderException error =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                client.chat(
                    new ProviderCall(
                        "some-model",
                        ChatRequest.of("Why?"),
                        Optional.empty(),
                        Deadline.after(Duration.ofMillis(300)))));

    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
  }
}
