package ai.powertools.router;

import static ai.powertools.router.FunctionProvider.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Copies of calls go to a model on trial. The tasks of the router's threads are run by hand. */
class ShadowTest {
  private static final ChatRequest HELLO = ChatRequest.of("hello there");

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider live = ScriptedProvider.named("live", clock);
  private final ScriptedProvider trial = ScriptedProvider.named("trial", clock);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Shadow.Copied> copied = new ArrayList<>();
  private final List<RouterEvent> events = new ArrayList<>();
  private final Shadow always = Shadow.of("trial:b", copied::add).share(1);

  private RouterBuilder shadowed() {
    return LlmRouter.builder()
        .strategy(Strategy.of("live only", offers -> live(offers)))
        .time(clock)
        .threads(tasks::add)
        .listener(events::add)
        .model(live.model("a"))
        .model(trial.model("b"))
        .shadow(always);
  }

  private static List<Offer> live(List<Offer> offers) {
    return offers.stream().filter(offer -> !offer.label().startsWith("trial")).toList();
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private String refusal() {
    NoFeasibleModelException error = (NoFeasibleModelException) copied.get(0).error().orElseThrow();
    assertThat(copied.get(0).shadow()).isEmpty();
    return error.refused().get(0).reason();
  }

  @Test
  void theCopyIsSentAfterTheAnswerAndNeverReturned() {
    live.answer("of the live one");
    trial.answer("of the trial");
    List<StreamEvent> told = new ArrayList<>();

    RoutedResponse answer = shadowed().build().route(HELLO, told::add, Deadline.never());
    assertThat(trial.calls()).as("the caller does not wait").isEmpty();
    runTasks();

    assertThat(answer.text()).isEqualTo("of the live one");
    assertThat(answer.decision().tried()).hasSize(1);
    assertThat(told).hasSize(2);
    assertThat(trial.calls().get(0).listener()).isEmpty();
    Shadow.Copied both = copied.get(0);
    assertThat(both.request()).isEqualTo(HELLO);
    assertThat(both.answer()).isEqualTo(answer.response());
    assertThat(both.shadow()).map(ChatResponse::text).contains("of the trial");
    assertThat(both.error()).isEmpty();
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            RouterEvent.Tried.class,
            event -> {
              assertThat(event.callId()).isEqualTo(answer.callId());
              assertThat(event.tried().role()).isEqualTo(RoutingDecision.Role.SHADOW);
            });
  }

  @Test
  void errorsOfTheTrialAreToldToTheComparisonOnly() {
    trial.fail(ErrorKind.SERVER).fail(new IllegalStateException("a bug"));
    LlmRouter router = shadowed().build();

    router.route(HELLO);
    router.route(HELLO);
    runTasks();

    assertThat(copied)
        .extracting(copy -> copy.error().orElseThrow().getClass().getSimpleName())
        .containsExactly("ServerFailure", "IllegalStateException");
  }

  @Test
  void aComparisonThatThrowsAndAnExecutorThatIsFullHurtNobody() {
    Shadow broken =
        Shadow.of(
                "trial:b",
                copy -> {
                  throw new IllegalStateException("no disk");
                })
            .share(1)
            .within(Duration.ofMinutes(1), 1);
    LlmRouter router = shadowed().shadow(broken).build();
    for (int i = 0; i < 3; i++) {
      router.route(HELLO);
      runTasks();
    }
    assertThat(trial.calls()).hasSize(3);

    LlmRouter full =
        shadowed()
            .threads(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build();
    assertThat(full.route(HELLO).text()).isEqualTo("hello there");
  }

  @Test
  void exactlyTheShareOfCallsIsCopied() {
    LlmRouter router = shadowed().shadow(always.share(0.3)).build();

    for (int i = 0; i < 100; i++) {
      router.route(HELLO);
      runTasks();
    }

    assertThat(trial.calls()).hasSize(30);
  }

  @Test
  void noMoreThanAFewCopiesAreUnderWay() {
    LlmRouter router = shadowed().shadow(always.within(Duration.ofMinutes(1), 2)).build();
    for (int i = 0; i < 5; i++) {
      router.route(HELLO);
    }
    assertThat(tasks).hasSize(2);
    runTasks();

    router.route(HELLO);
    assertThat(tasks).as("there is room again").hasSize(1);
  }

  @Test
  void aCallThatTheTrialAnsweredItselfIsNotCopied() {
    LlmRouter router = shadowed().strategy(Strategy.inOrder()).build();

    router.route(HELLO.toBuilder().model("trial:b").build());

    assertThat(tasks).isEmpty();
  }

  @Test
  void aCallThatFailedIsNotCopied() {
    live.fail(ErrorKind.INVALID_REQUEST);

    assertThatThrownBy(() -> shadowed().build().route(HELLO)).isInstanceOf(ProviderException.class);

    assertThat(tasks).isEmpty();
  }

  @Test
  void theModelOfTheCallDoesNotBindTheCopyButItsConstraintsDo() {
    LlmRouter router = shadowed().build();
    router.route(HELLO.toBuilder().model("live:a").build());
    runTasks();
    assertThat(trial.calls()).hasSize(1);
    assertThat(trial.calls().get(0).request().model()).isEmpty();
    copied.clear();

    router.route(Task.of(HELLO).deny("trial:*"));
    runTasks();
    assertThat(refusal()).isEqualTo("it is among the denied [trial:*]");
    assertThat(trial.calls()).hasSize(1);
  }

  @Test
  void textThatMustNotLeaveTheMachineIsNotCopied() {
    FunctionProvider here =
        FunctionProvider.named("here", call -> say(call, "here")).onThisMachine();
    LlmRouter router = shadowed().model(here.model("c")).build();

    router.route(Task.of(HELLO).localOnly());
    router.route(HELLO.toBuilder().localOnly(true).build());
    runTasks();

    assertThat(refusal()).isEqualTo("the request must stay on this machine");
    assertThat(copied).hasSize(2);
    assertThat(trial.calls()).isEmpty();
  }

  @Test
  void constraintsOfTheRouterHoldForCopies() {
    LlmRouter router = shadowed().constraints(Constraints.NONE.deny("trial:*")).build();

    router.route(HELLO);
    runTasks();

    assertThat(refusal()).isEqualTo("it is among the denied [trial:*]");
  }

  @Test
  void theCallAndItsCopyShareTheBudget() {
    Model dollarAWord =
        Model.builder("any", "m")
            .limits(1_000, 100)
            .tokenizer(Tokenizer.WORDS)
            .prices(Prices.of(Usd.of("1000000"), Usd.of("1000000")))
            .build();
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.of("live only", ShadowTest::live))
            .threads(tasks::add)
            .model(live.model(dollarAWord))
            .model(trial.model(dollarAWord))
            .shadow(Shadow.of("trial:m", copied::add).share(1))
            .build();
    ChatRequest two = HELLO.toBuilder().maxOutputTokens(2).build(); // $4 at most each

    live.answer("a b", Usage.of(2, 2));
    router.route(Task.of(two).budget(Usd.of("6.99")));
    runTasks();
    assertThat(copied.get(0).shadow()).as("it may be a word shorter").isEmpty();

    live.answer("a b", Usage.of(2, 2));
    router.route(Task.of(two).budget(Usd.of("7")));
    runTasks();
    assertThat(copied.get(1).shadow()).isPresent();
    assertThat(trial.calls().get(0).request().maxOutputTokens()).hasValue(1);
  }

  @Test
  void layersAroundTheCandidateSeeTheCopyAndThoseAroundTheCallHaveMadeIt() {
    List<String> seen = new ArrayList<>();
    LlmRouter router =
        shadowed()
            .around(
                chain ->
                    chain.proceed(
                        ChatRequest.of(chain.request().messages().get(0).text() + " masked")))
            .perCandidate(
                chain -> {
                  seen.add(chain.call().candidate().orElseThrow().label());
                  return chain.proceed(chain.request());
                })
            .build();

    router.route(ChatRequest.of("secret"));
    runTasks();

    assertThat(seen).containsExactly("live:a", "trial:b");
    assertThat(trial.calls().get(0).request()).isEqualTo(ChatRequest.of("secret masked"));
  }

  @Test
  void whatALayerAnsweredByItselfIsNotCopied() {
    ChatResponse cached = ChatResponse.of("cached", "cache", "none", Usage.ZERO);

    shadowed().around(chain -> cached).build().route(HELLO);

    assertThat(tasks).isEmpty();
  }

  @Test
  void whatIsLeftInTheCopyIsNotSeenInTheCall() {
    Attribute<String> note = Attribute.of("note", String.class);
    LlmRouter router =
        shadowed()
            .perCandidate(
                chain -> {
                  chain.call().put(note, chain.call().candidate().orElseThrow().label());
                  return chain.proceed(chain.request());
                })
            .build();

    RoutedResponse answer = router.route(HELLO);
    runTasks();

    assertThat(answer.call().get(note)).contains("live:a");
  }

  @Test
  void theTrialsHealthIsKeptToAndItsOwnDeadlineToo() {
    trial.fail(ErrorKind.OVERLOADED);
    LlmRouter router = shadowed().shadow(always.within(Duration.ofSeconds(5), 1)).build();
    for (int i = 0; i < 2; i++) {
      router.route(HELLO);
      runTasks();
    }

    assertThat(trial.calls()).hasSize(1);
    assertThat(trial.calls().get(0).deadline().remaining()).isEqualTo(Duration.ofSeconds(5));
    assertThat(copied.get(1).error().orElseThrow()).hasMessageContaining("left alone for now");
    assertThat(router.status()).allMatch(status -> status.standing().inFlight() == 0);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> always.share(-0.1)).hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> always.within(Duration.ZERO, 1)).hasMessageContaining("some time");
    assertThatThrownBy(() -> shadowed().shadow(Shadow.of("x:y", copied::add)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[live:a, trial:b]");
  }
}
