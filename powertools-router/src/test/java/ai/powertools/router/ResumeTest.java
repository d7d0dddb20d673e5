package ai.powertools.router;

import static ai.powertools.router.FunctionProvider.error;
import static ai.powertools.router.FunctionProvider.say;
import static ai.powertools.router.FunctionProvider.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that breaks off after some of it was delivered. */
class ResumeTest {
  private static final ChatRequest STORY = ChatRequest.of("Tell me a story.");
  private static final String BEGUN = "Once upon a time there was a king who";

  private final List<StreamEvent> told = new ArrayList<>();

  private static RouterBuilder resuming() {
    return LlmRouter.builder()
        .strategy(Strategy.inOrder())
        .fallback(Fallback.STANDARD.afterDelivery(Fallback.AfterDelivery.RESUME));
  }

  private static FunctionProvider breaking(String name, String partial, ErrorKind kind) {
    return FunctionProvider.named(
            name,
            call -> {
              tell(call, partial);
              throw broken(kind, partial);
            })
        .continuing();
  }

  private static ProviderException broken(ErrorKind kind, String partial) {
    return ProviderException.builder(kind, "scripted", "m", "cut")
        .partial(partial, true)
        .mayBeBilled(true)
        .build();
  }

  private static FunctionProvider going(String name, Function<ProviderCall, ChatResponse> answer) {
    return FunctionProvider.named(name, answer).continuing();
  }

  private RoutedResponse route(LlmRouter router) {
    return router.route(STORY, told::add, Deadline.never());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (StreamEvent event : told) {
      if (event instanceof StreamEvent.TextDelta delta) {
        text.append(delta.text());
      }
    }
    return text.toString();
  }

  @Test
  void goesOnFromTheLastWordAndDeliversItOnce() {
    ChatProvider deaf = FunctionProvider.named("deaf", call -> say(call, "A new story."));
    FunctionProvider other = going("other", call -> say(call, " had three", " daughters."));
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.NETWORK).model("a"))
            .model(deaf.model("b"))
            .model(other.model("c"))
            .build();

    RoutedResponse answer = route(router);

    assertThat(text()).isEqualTo(BEGUN + " had three daughters.").isEqualTo(answer.text());
    assertThat(told).last().isEqualTo(new StreamEvent.Finished(answer.response()));
    assertThat(other.calls().get(0).request().messages())
        .last()
        .isEqualTo(Message.assistant(BEGUN));
    assertThat(answer.decision().tried())
        .extracting(RoutingDecision.Tried::role)
        .containsExactly(RoutingDecision.Role.ANSWER, RoutingDecision.Role.RESUME);
    assertThat(answer.decision().notes())
        .contains("first:a broke off after 37 characters, and another model was asked to go on");
    assertThat(answer.decision().tried().get(0).usage())
        .as("the broken part is on the bill")
        .isPresent();
  }

  @Test
  void breaksOffTwiceAndGoesOnTwice() {
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.SERVER).model("a"))
            .model(breaking("second", " had three", ErrorKind.TIMEOUT).model("b"))
            .model(going("third", call -> say(call, " daughters.")).model("c"))
            .build();

    RoutedResponse answer = route(router);

    assertThat(text()).isEqualTo(BEGUN + " had three daughters.").isEqualTo(answer.text());
  }

  @Test
  void leavesOutWhatTheOtherModelSaysAgainHoweverLongItIs() {
    String longText = "one two three four five six seven eight nine ten ".repeat(3) + BEGUN;
    String again = longText.substring(longText.length() - 120);
    LlmRouter router =
        resuming()
            .model(breaking("first", longText, ErrorKind.SERVER).model("a"))
            .model(
                going("second", call -> say(call, again.substring(0, 70), again.substring(70), "!"))
                    .model("b"))
            .build();

    RoutedResponse answer = route(router);

    assertThat(text()).isEqualTo(longText + "!").isEqualTo(answer.text());
  }

  @Test
  void deliversTheRestOfAModelThatDoesNotStream() {
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.SERVER).model("a"))
            .model(
                going("whole", call -> ChatResponse.of(" ruled.", "whole", "b", Usage.of(1, 1)))
                    .model("b"))
            .build();

    RoutedResponse answer = route(router);

    assertThat(text()).isEqualTo(BEGUN + " ruled.").isEqualTo(answer.text());
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"AUTHENTICATION", "RATE_LIMITED", "SERVER", "QUOTA_EXHAUSTED"})
  void aModelThatCanNotGoOnAfterAllGivesWayToTheNext(ErrorKind kind) {
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.SERVER).model("a"))
            .model(
                going(
                        "failing",
                        call -> {
                          throw error(kind);
                        })
                    .model("b"))
            .model(going("third", call -> say(call, " ruled.")).model("c"))
            .build();

    assertThat(route(router).text()).isEqualTo(BEGUN + " ruled.").isEqualTo(text());
  }

  @Test
  void aLayerMayRefuseTheModelThatWouldGoOn() {
    Interceptor budget =
        chain -> {
          if (chain.call().candidate().orElseThrow().label().equals("second:b")) {
            throw new CandidateRefusedException(new PowerToolsException("no room"));
          }
          return chain.proceed(chain.request());
        };
    LlmRouter router =
        resuming()
            .perCandidate(budget)
            .model(breaking("first", BEGUN, ErrorKind.SERVER).model("a"))
            .model(going("second", call -> say(call, " slept.")).model("b"))
            .model(going("third", call -> say(call, " ruled.")).model("c"))
            .build();

    assertThat(route(router).text()).isEqualTo(BEGUN + " ruled.");
  }

  @Test
  void failsByDefault() {
    FunctionProvider other = going("other", call -> say(call, " ruled."));
    LlmRouter router =
        resuming()
            .fallback(Fallback.STANDARD)
            .model(breaking("first", BEGUN, ErrorKind.NETWORK).model("a"))
            .model(other.model("b"))
            .build();

    assertThatThrownBy(() -> route(router)).isInstanceOf(ProviderException.Network.class);
    assertThat(text()).isEqualTo(BEGUN);
    assertThat(told).last().isInstanceOf(StreamEvent.Failed.class);
    assertThat(other.calls()).isEmpty();
  }

  @Test
  void failsWhenNobodyCanGoOn() {
    FunctionProvider deaf = FunctionProvider.named("deaf", call -> say(call, "A new story."));
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.NETWORK).model("a"))
            .model(deaf.model("b"))
            .build();

    assertThatThrownBy(() -> route(router)).isInstanceOf(ProviderException.Network.class);
    assertThat(text()).isEqualTo(BEGUN);
    assertThat(deaf.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"CONTENT_POLICY", "INVALID_REQUEST", "CANCELLED"})
  void doesNotGoOnFromWhatWillNotPass(ErrorKind kind) {
    FunctionProvider other = going("other", call -> say(call, " ruled."));
    LlmRouter router =
        resuming().model(breaking("first", BEGUN, kind).model("a")).model(other.model("b")).build();

    assertThatThrownBy(() -> route(router)).isInstanceOf(ProviderException.class);
    assertThat(other.calls()).isEmpty();
  }

  @Test
  void neverGoesOnFromToolCalls() {
    FunctionProvider calling =
        going(
            "calling",
            call -> {
              tell(call, "Let me see.");
              call.listener()
                  .orElseThrow()
                  .on(new StreamEvent.ToolCallDelta(0, "1", "look", "{\"at\":"));
              throw broken(ErrorKind.NETWORK, "Let me see.");
            });
    FunctionProvider other = going("other", call -> say(call, " ruled."));

    assertThatThrownBy(
            () -> route(resuming().model(calling.model("a")).model(other.model("b")).build()))
        .isInstanceOf(ProviderException.Network.class);
    assertThat(other.calls()).isEmpty();
  }

  @Test
  void neverGoesOnFromToolCallsOfTheModelThatWentOn() {
    FunctionProvider calling =
        going(
            "calling",
            call -> {
              call.listener()
                  .orElseThrow()
                  .on(new StreamEvent.ToolCallDelta(0, "1", "look", "{\"at\":"));
              throw error(ErrorKind.NETWORK);
            });
    FunctionProvider third = going("third", call -> say(call, " ruled."));
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.SERVER).model("a"))
            .model(calling.model("b"))
            .model(third.model("c"))
            .build();

    assertThatThrownBy(() -> route(router)).isInstanceOf(ProviderException.Network.class);
    assertThat(third.calls()).isEmpty();
  }

  @Test
  void whatWasSaidCountsAsInputOfWhoGoesOn() {
    // A dollar a word of input, nothing for output: reading again what was said has its price.
    Model words =
        Model.builder("other", "b")
            .limits(100_000, 100)
            .tokenizer(Tokenizer.WORDS)
            .prices(Prices.of(Usd.of("1000000"), Usd.ZERO))
            .build();
    FunctionProvider other = going("other", call -> say(call, " ruled."));
    LlmRouter router =
        resuming()
            .model(
                breaking("first", BEGUN, ErrorKind.SERVER)
                    .model(Model.builder("first", "a").prices(Prices.FREE).build()))
            .model(other.model(words))
            .build();

    // Four words of the question and nine of the answer.
    assertThatThrownBy(
            () -> router.route(Task.of(STORY).budget(Usd.of("12.99")), told::add, Deadline.never()))
        .isInstanceOf(ProviderException.ServerFailure.class);
    assertThat(other.calls()).isEmpty();
    assertThat(
            router.route(Task.of(STORY).budget(Usd.of("13")), event -> {}, Deadline.never()).text())
        .isEqualTo(BEGUN + " ruled.");
  }

  @Test
  void theWholeAnswerKeepsToTheLengthThatWasAskedFor() {
    Model words = Model.builder("other", "b").limits(1_000, 500).tokenizer(Tokenizer.WORDS).build();
    FunctionProvider other = going("other", call -> say(call, " ruled."));
    LlmRouter router =
        resuming()
            .model(breaking("first", BEGUN, ErrorKind.SERVER).model("a"))
            .model(other.model(words))
            .build();
    ChatRequest short20 = STORY.toBuilder().maxOutputTokens(20).build();

    router.route(short20, told::add, Deadline.never());

    assertThat(other.calls().get(0).request().maxOutputTokens()).hasValue(11);
  }
}
