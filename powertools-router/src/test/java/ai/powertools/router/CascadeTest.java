package ai.powertools.router;

import static ai.powertools.router.FunctionProvider.error;
import static ai.powertools.router.FunctionProvider.say;
import static ai.powertools.router.FunctionProvider.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cheap model is asked, its answer checked, and a better one asked if it will not do. */
class CascadeTest {
  private static final ChatRequest QUESTION = ChatRequest.of("What is it?");
  private static final AnswerCheck NO_IDEA =
      AnswerCheck.of("it does not know", (request, answer) -> !answer.text().contains("no idea"));

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider cheap = ScriptedProvider.named("cheap", clock);
  private final ScriptedProvider dear = ScriptedProvider.named("dear", clock);
  private final List<StreamEvent> told = new ArrayList<>();
  private final List<RouterEvent> events = new ArrayList<>();

  private RouterBuilder checked() {
    return LlmRouter.builder()
        .time(clock)
        .listener(events::add)
        .model(dear.model(priced("dear", 100)))
        .model(cheap.model(priced("cheap", 1)))
        .cascade(Cascade.checkedBy(NO_IDEA));
  }

  /** So many dollars for a million words each way. */
  private static Model priced(String provider, int dollars) {
    Usd rate = Usd.of(String.valueOf(dollars));
    return Model.builder(provider, "m")
        .limits(100_000, 10_000)
        .tokenizer(Tokenizer.WORDS)
        .prices(Prices.of(rate, rate))
        .build();
  }

  private RoutedResponse streamed(LlmRouter router) {
    return router.route(QUESTION, told::add, Deadline.never());
  }

  @Test
  void takesAGoodAnswerOfTheCheapModel() {
    cheap.answer("a stone");

    RoutedResponse answer = checked().build().route(QUESTION);

    assertThat(answer.text()).isEqualTo("a stone");
    assertThat(dear.calls()).isEmpty();
    assertThat(answer.decision().tried().get(0).error()).isEmpty();
  }

  @Test
  void asksABetterModelAndBothAreOnTheBill() {
    cheap.answer("no idea", Usage.of(10, 20));
    dear.answer("a meteorite", Usage.of(10, 20));

    RoutedResponse answer = checked().build().route(QUESTION);

    assertThat(answer.text()).isEqualTo("a meteorite");
    assertThat(answer.decision().cost()).contains(Usd.of("0.00303")); // 30 words at $1 and $100
    assertThat(answer.decision().chosen()).map(Offer::label).contains("dear:m");
    assertThat(answer.decision().tried())
        .extracting(RoutingDecision.Tried::error)
        .containsExactly(Optional.of("it would not do: it does not know"), Optional.empty());
    assertThat(events)
        .contains(new RouterEvent.Escalated(answer.callId(), "cheap:m", "it does not know"));
  }

  @Test
  void holdsTextBackUntilItHasPassedAndDeliversItOnce() {
    List<Integer> toldByThen = new ArrayList<>();
    FunctionProvider streaming =
        FunctionProvider.named("streaming", call -> say(call, "a ", "stone"));
    AnswerCheck check =
        (request, answer) -> {
          toldByThen.add(told.size());
          return Optional.empty();
        };
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(streaming.model("m"))
            .model(dear.model("m"))
            .cascade(Cascade.checkedBy(check))
            .build();

    RoutedResponse answer = streamed(router);

    assertThat(toldByThen).containsExactly(0);
    assertThat(told)
        .containsExactly(
            new StreamEvent.TextDelta("a "),
            new StreamEvent.TextDelta("stone"),
            new StreamEvent.Finished(answer.response()));
  }

  @Test
  void theRejectedTextIsNeverHeardAndTheLastStepIsHeardAsItArrives() {
    List<Integer> toldByThen = new ArrayList<>();
    FunctionProvider last =
        FunctionProvider.named(
            "last",
            call -> {
              tell(call, "a ");
              toldByThen.add(told.size());
              tell(call, "meteorite");
              return ChatResponse.of("a meteorite", "last", "m", Usage.of(1, 2));
            });
    cheap.answer("no idea");
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(cheap.model("m"))
            .model(last.model("m"))
            .cascade(Cascade.checkedBy(NO_IDEA))
            .build();

    RoutedResponse answer = streamed(router);

    assertThat(toldByThen).containsExactly(1);
    assertThat(told)
        .containsExactly(
            new StreamEvent.TextDelta("a "),
            new StreamEvent.TextDelta("meteorite"),
            new StreamEvent.Finished(answer.response()));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CANCELLED"})
  void anAnswerThatWouldNotDoIsBetterThanNone(ErrorKind kind) {
    cheap.answer("no idea");
    dear.fail(kind);

    RoutedResponse answer = streamed(checked().build());

    assertThat(answer.text()).isEqualTo("no idea");
    assertThat(told)
        .containsExactly(
            new StreamEvent.TextDelta("no idea"), new StreamEvent.Finished(answer.response()));
    assertThat(answer.decision().chosen()).map(Offer::label).contains("cheap:m");
    assertThat(answer.decision().notes()).contains("there was no better answer");
    assertThat(answer.decision().tried().get(0).error()).as("it was given").isEmpty();
    assertThat(answer.decision().tried().get(1).error()).isPresent();
  }

  @Test
  void allOfAnAnswerThatIsGivenAfterAllIsHeard() {
    StreamEvent call = new StreamEvent.ToolCallDelta(0, "1", "look", "{}");
    FunctionProvider calling =
        FunctionProvider.named(
            "calling",
            asked -> {
              asked.listener().orElseThrow().on(call);
              return say(asked, "no idea");
            });
    dear.fail(ErrorKind.SERVER);
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(calling.model("m"))
            .model(dear.model("m"))
            .cascade(Cascade.checkedBy(NO_IDEA))
            .build();

    streamed(router);

    assertThat(told).startsWith(call, new StreamEvent.TextDelta("no idea")).hasSize(3);
  }

  @Test
  void aCallThatIsCalledOffGetsNoAnswer() {
    cheap.answer("no idea");
    dear.fail(ErrorKind.CANCELLED);

    assertThatThrownBy(() -> checked().build().route(QUESTION))
        .isInstanceOf(ProviderException.Cancelled.class);
  }

  @Test
  void anAnswerInHandIsGivenWhenTimeIsUp() {
    cheap.delay(Duration.ofSeconds(3)).answer("no idea");

    RoutedResponse answer =
        checked().build().route(QUESTION, Deadline.after(Duration.ofSeconds(3), clock));

    assertThat(answer.text()).isEqualTo("no idea");
    assertThat(dear.calls()).isEmpty();
  }

  @Test
  void theSecondMayRunOutOfTime() {
    cheap.answer("no idea");
    FunctionProvider slow =
        FunctionProvider.named(
            "slow",
            call -> {
              FunctionProvider.pass(clock, call.deadline().remaining());
              throw new DeadlineExceededException("too late");
            });
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(cheap.model("m"))
            .model(slow.model("m"))
            .cascade(Cascade.checkedBy(NO_IDEA))
            .build();

    assertThat(router.route(QUESTION, Deadline.after(Duration.ofSeconds(3), clock)).text())
        .isEqualTo("no idea");
  }

  @Test
  void aBrokenStreamOfTheLastStepIsNoBetterThanAnError() {
    cheap.answer("no idea");
    dear.failAfter("a mete", ErrorKind.NETWORK);

    assertThatThrownBy(() -> streamed(checked().build()))
        .isInstanceOf(ProviderException.Network.class);
    assertThat(told).hasSize(2).startsWith(new StreamEvent.TextDelta("a mete"));
  }

  @Test
  void keepsToTheBudgetOfTheWholeCall() {
    cheap.answer("no idea", Usage.of(3, 1_000)); // $0.001003
    LlmRouter router = checked().build();

    RoutedResponse answer = router.route(Task.of(QUESTION).budget(Usd.of("0.05")));

    // The dear one is expected to write 500 words, $0.05 at least.
    assertThat(answer.text()).isEqualTo("no idea");
    assertThat(dear.calls()).isEmpty();
    assertThat(answer.decision().refused())
        .extracting(Refusal::label)
        .as("it was never affordable")
        .contains("dear:m");
  }

  @Test
  void theSecondIsCutToWhatTheFirstHasLeftOfTheBudget() {
    cheap.answer("no idea", Usage.of(3, 1_000)); // $0.001003
    dear.answer("a meteorite", Usage.of(3, 600));
    LlmRouter router = checked().build();

    RoutedResponse answer = router.route(Task.of(QUESTION).budget(Usd.of("0.061303")));

    assertThat(answer.text()).isEqualTo("a meteorite");
    assertThat(dear.calls().get(0).request().maxOutputTokens()).hasValue(600);
    assertThat(answer.decision().cost()).contains(Usd.of("0.061303"));
  }

  @Test
  void isNotPaidForTwiceWhenTooLittleIsLeft() {
    cheap.answer("no idea", Usage.of(3, 9_000)); // $0.009003
    LlmRouter router = checked().build();

    RoutedResponse answer = router.route(Task.of(QUESTION).budget(Usd.of("0.055")));

    assertThat(answer.text()).isEqualTo("no idea");
    assertThat(dear.calls()).isEmpty();
    assertThat(answer.decision().notes())
        .anyMatch(note -> note.startsWith("dear:m: the budget of $0.055, of which $0.009003"));
  }

  @Test
  void aCheckThatThrowsEndsTheCallAndTheAnswerIsOnTheBill() {
    cheap.answer("a stone", Usage.of(10, 20));
    AnswerCheck broken =
        (request, answer) -> {
          throw new IllegalStateException("the check is broken");
        };
    LlmRouter router = checked().cascade(Cascade.checkedBy(broken)).build();

    assertThatThrownBy(() -> router.route(QUESTION)).hasMessage("the check is broken");

    RouterEvent.Ended ended = (RouterEvent.Ended) events.get(events.size() - 1);
    assertThat(ended.decision().cost()).contains(Usd.of("0.00003"));
    assertThat(ended.decision().chosen()).isEmpty();
    assertThat(router.status()).allMatch(status -> status.standing().inFlight() == 0);
  }

  @Test
  void goesUpSeveralSteps() {
    ScriptedProvider middle = ScriptedProvider.named("middle", clock);
    cheap.answer("no idea");
    middle.answer("no idea either");
    dear.answer("no idea, sorry");
    LlmRouter router =
        checked()
            .model(middle.model(priced("middle", 10)))
            .cascade(Cascade.checkedBy(NO_IDEA).steps(3))
            .build();

    RoutedResponse answer = router.route(QUESTION);

    assertThat(answer.text()).as("the last is not checked").isEqualTo("no idea, sorry");
    assertThat(answer.decision().tried()).hasSize(3);
  }

  @Test
  void aSlowModelIsAskedWhereNobodyWaitsForABusyOne() {
    // An answer is at hand, so the busy model is not waited for, however soon it would be free.
    ScriptedProvider busy = ScriptedProvider.named("busy", clock);
    LlmRouter router =
        LlmRouter.builder()
            .time(clock)
            .strategy(Strategy.inOrder())
            .model(busy.model("m"))
            .model(cheap.model("m"))
            .model(dear.model("m"))
            .cascade(Cascade.checkedBy(NO_IDEA).steps(4))
            .build();
    for (ScriptedProvider measured : List.of(busy, cheap, dear)) {
      measured
          .delay(Duration.ofSeconds(measured == dear ? 60 : 1))
          .answer("measured", Usage.of(1, 500));
      router.route(QUESTION.toBuilder().model(measured.name() + ":m").build());
    }
    busy.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2)));
    cheap.answer("no idea");
    dear.answer("a meteorite");

    assertThat(router.route(QUESTION).text()).isEqualTo("a meteorite");
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> Cascade.checkedBy(NO_IDEA).steps(1))
        .hasMessageContaining("two steps or more");
    assertThatThrownBy(() -> checked().hedge(Hedge.atP95()).build())
        .hasMessageContaining("both a cascade and a hedge");
  }

  @Test
  void aModelThatIsDownIsNoStep() {
    ScriptedProvider down = ScriptedProvider.named("down").fail(ErrorKind.OVERLOADED);
    ScriptedProvider poor = ScriptedProvider.named("poor").answer("hm");
    ScriptedProvider good = ScriptedProvider.named("good").answer("Rayleigh scattering.");
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .cascade(Cascade.checkedBy(AnswerCheck.matches(".*\\.")))
            .model(down.model(Model.local("down", "m", 1_000)))
            .model(poor.model(Model.local("poor", "m", 1_000)))
            .model(good.model(Model.local("good", "m", 1_000)))
            .build();

    assertThat(router.route(ChatRequest.of("Why?")).text()).isEqualTo("Rayleigh scattering.");
  }
}
