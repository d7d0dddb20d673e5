package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LlmRouterTest {
  private static final ChatRequest HELLO = ChatRequest.of("hello there");

  private final ScriptedProvider first = ScriptedProvider.named("first");
  private final ScriptedProvider second = ScriptedProvider.named("second");
  private final ScriptedProvider third = ScriptedProvider.named("third");

  private RouterBuilder inOrder() {
    return LlmRouter.builder()
        .strategy(Strategy.inOrder())
        .model(first.model("a"))
        .model(second.model("b"));
  }

  // Choosing

  @Test
  void asksTheCheapestModelFirst() {
    LlmRouter router =
        LlmRouter.builder()
            .model(first.model(priced("first", "dear", 10)))
            .model(second.model(priced("second", "cheap", 1)))
            .build();

    RoutedResponse answer = router.route(HELLO);

    assertThat(answer.response().provider()).isEqualTo("second");
    assertThat(answer.text()).isEqualTo("hello there");
    assertThat(answer.decision().strategy()).isEqualTo("cheapest");
    assertThat(answer.decision().chosen()).map(Offer::label).contains("second:cheap");
    assertThat(answer.decision().candidates())
        .extracting(Offer::label)
        .containsExactly("second:cheap", "first:dear");
    assertThat(first.calls()).isEmpty();
  }

  @Test
  void asksOnlyTheModelThatTheRequestNamesByAnyOfItsNames() {
    Model facts =
        Model.builder("second", "b").aliases("Bee").prices(Prices.FREE).limits(1_000, 100).build();
    LlmRouter fromFacts =
        LlmRouter.builder().model(first.model("a")).model(second.model(facts)).build();
    LlmRouter fromCatalog =
        inOrder().catalog(ModelCatalog.of(List.of(facts))).model(third.model("b2")).build();

    for (String name :
        List.of("b", "B", "second:b", "second/b", "bee", "second:bee", "second/BEE", " b ")) {
      ChatRequest request = HELLO.toBuilder().model(name).build();
      for (LlmRouter router : List.of(fromFacts, fromCatalog)) {
        RoutingDecision plan = router.plan(request);
        assertThat(plan.candidates()).extracting(Offer::label).containsExactly("second:b");
        assertThat(plan.refused())
            .first()
            .isEqualTo(new Refusal("first:a", "only " + name + " may answer"));
      }
    }
  }

  @Test
  void saysWhichModelMayAnswerWhenThereIsNoSuchModel() {
    ChatRequest request = HELLO.toBuilder().model("gpt-9").build();

    NoFeasibleModelException error =
        catchThrowableOfType(
            NoFeasibleModelException.class, () -> inOrder().build().route(request));

    assertThat(error)
        .hasMessage(
            """
            No model can answer this request:
              first:a: only gpt-9 may answer
              second:b: only gpt-9 may answer
            Change the request, or add a model that can.""");
    assertThat(error.refused()).extracting(Refusal::label).containsExactly("first:a", "second:b");
    assertThat(error.retryable()).isFalse();
  }

  @Test
  void saysThatItWasGivenNoModels() {
    assertThatThrownBy(() -> LlmRouter.builder().build().route(HELLO))
        .isInstanceOf(NoFeasibleModelException.class)
        .hasMessage("No model can answer: the router was given none. Add one with model(…).");
  }

  @Test
  void saysThatTheStrategyLeftAModelOut() {
    Strategy picky = Strategy.of("picky", feasible -> List.of());
    LlmRouter router = inOrder().strategy(picky).build();

    assertThatThrownBy(() -> router.route(HELLO))
        .isInstanceOf(NoFeasibleModelException.class)
        .hasMessageContaining("first:a: the strategy \"picky\" leaves it out");
  }

  @Test
  void planAsksNobody() {
    RoutingDecision plan = inOrder().build().plan(HELLO);

    assertThat(plan.candidates()).hasSize(2);
    assertThat(plan.tried()).isEmpty();
    assertThat(plan.chosen()).isEmpty();
    assertThat(first.calls()).isEmpty();
  }

  @Test
  void explainsItselfInLines() {
    first.fail(ErrorKind.OVERLOADED);
    ScriptedProvider remote = ScriptedProvider.named("remote");
    Model small = Model.builder("remote", "small").limits(10, 10).build();
    LlmRouter router = inOrder().model(remote.model(small)).build();

    String text =
        router
            .route(
                HELLO.toBuilder().maxOutputTokens(100).build(),
                Deadline.after(Duration.ofMinutes(1)))
            .decision()
            .explain();

    assertThat(text.lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("strategy: in order"),
            line -> assertThat(line).isEqualTo("chosen: second:b"),
            line ->
                assertThat(line)
                    .startsWith("could answer: first:a: input about ")
                    .endsWith("output at most 100; cost expected unknown, at most unknown"),
            line -> assertThat(line).startsWith("could answer: second:b: "),
            line ->
                assertThat(line)
                    .startsWith("could not: remote:small: the conversation takes up to ")
                    .endsWith(" tokens and the answer up to 100, its context holds 10"),
            line -> assertThat(line).startsWith("tried: first:a: first:a gave no answer"),
            line -> assertThat(line).isEqualTo("tried: second:b: answered"));
  }

  @Test
  void explainsCostsOfAPlan() {
    LlmRouter router = LlmRouter.builder().model(first.model(priced("first", "dear", 10))).build();

    assertThat(router.plan(HELLO).explain())
        .contains("chosen: none")
        .containsPattern("cost expected \\$0\\.\\d+, at most \\$0\\.\\d+");
  }

  // Falling back

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void fallsBackWhenTheModelFailedButNotWhenTheRequestIsWrong(ErrorKind kind) {
    first.fail(kind);
    LlmRouter router = inOrder().build();

    switch (kind) {
      case CANCELLED, INVALID_REQUEST, CONTENT_POLICY, CONTEXT_WINDOW -> {
        assertThatThrownBy(() -> router.route(HELLO))
            .isInstanceOf(ProviderException.class)
            .hasMessageContaining("first:a gave no answer");
        assertThat(second.calls()).isEmpty();
      }
      default -> {
        RoutingDecision decision = router.route(HELLO).decision();
        assertThat(decision.chosen()).map(Offer::label).contains("second:b");
        assertThat(decision.tried()).hasSize(2);
        assertThat(decision.tried().get(1).error()).isEmpty();
      }
    }
  }

  @Test
  void fallsBackFromAModelThatItsProviderDoesNotHave() {
    first.fail(
        ProviderException.builder(ErrorKind.INVALID_REQUEST, "first", "m", "no such model")
            .status(404)
            .build());
    second.answer("here");

    assertThat(inOrder().build().route(HELLO).text()).isEqualTo("here");
  }

  @Test
  void fallsBackWhenTheCauseIsAFailureOfTheModel() {
    ProviderException cause =
        ProviderException.builder(ErrorKind.SERVER, "first", "a", "boom").build();
    first.fail(new PowerToolsException("Three attempts failed.", cause));

    assertThat(inOrder().build().route(HELLO).response().provider()).isEqualTo("second");
  }

  @Test
  void doesNotFallBackFromAnErrorThatIsNoProvidersOwn() {
    first.fail(new IllegalStateException("a bug"));

    assertThatThrownBy(() -> inOrder().build().route(HELLO)).hasMessage("a bug");
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void doesNotFallBackOnceSomeOfTheAnswerWasDelivered() {
    first.failAfter("Once upon", ErrorKind.NETWORK);
    List<StreamEvent> told = new ArrayList<>();

    assertThatThrownBy(() -> inOrder().build().route(HELLO, told::add, Deadline.never()))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("Part of the answer had been delivered.");
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).isEqualTo(new StreamEvent.TextDelta("Once upon"));
    assertThat(told.get(1)).isInstanceOf(StreamEvent.Failed.class);
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void fallsBackFromABrokenAnswerThatNobodyHasHeard() {
    first.failAfter("Once upon", ErrorKind.NETWORK);
    second.answer("a time");

    assertThat(inOrder().build().route(HELLO).text()).isEqualTo("a time");
  }

  @Test
  void doesNotFallBackAfterDeliveryEvenIfTheErrorDoesNotKnowOfIt() {
    first.failAfter("Once upon", ErrorKind.NETWORK);
    Interceptor forgetful =
        chain -> {
          try {
            return chain.proceed(chain.request());
          } catch (ProviderException e) {
            throw new CandidateRefusedException(new PowerToolsException("no room"));
          }
        };
    LlmRouter router = inOrder().perCandidate(forgetful).build();

    assertThatThrownBy(() -> router.route(HELLO, event -> {}, Deadline.never()))
        .hasMessage("no room");
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void doesNotFallBackWhenTheListenerFails() {
    assertThatThrownBy(
            () ->
                inOrder()
                    .build()
                    .route(
                        HELLO,
                        event -> {
                          throw new IllegalStateException("the screen is gone");
                        },
                        Deadline.never()))
        .hasMessage("the screen is gone");
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void doesNotFallBackWhenTheCallIsCalledOff() {
    first.fail(new PowerToolsException("off", new CancelledException("called off", null)));

    assertThatThrownBy(() -> inOrder().build().route(HELLO)).hasMessage("off");
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void doesNotFallBackOnAnInterruptedThread() {
    Interceptor interrupted =
        chain -> {
          Thread.currentThread().interrupt();
          return chain.proceed(chain.request());
        };
    first.fail(ErrorKind.SERVER);

    assertThatThrownBy(() -> inOrder().perCandidate(interrupted).build().route(HELLO))
        .isInstanceOf(ProviderException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void doesNotFallBackWhenTimeIsUp() {
    VirtualClock clock = VirtualClock.autoAdvancing();
    ScriptedProvider slow =
        ScriptedProvider.named("slow", clock)
            .delay(Duration.ofSeconds(3))
            .fail(ErrorKind.OVERLOADED);
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(slow.model("a"))
            .model(second.model("b"))
            .build();

    assertThatThrownBy(() -> router.route(HELLO, Deadline.after(Duration.ofSeconds(2), clock)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("slow:a");
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void asksNobodyWhenTimeWasUpBefore() {
    Deadline passed = Deadline.after(Duration.ZERO);

    assertThatThrownBy(() -> inOrder().build().route(HELLO, passed))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("No time left for asking a model");
    assertThat(first.calls()).isEmpty();
  }

  @Test
  void passesARefusedCandidateByAndThrowsTheReasonWhenThereIsNoOther() {
    PowerToolsException broke = new PowerToolsException("The budget has no room.");
    Interceptor budget =
        chain -> {
          if (chain.call().candidate().orElseThrow().label().equals("first:a")) {
            throw new CandidateRefusedException(broke);
          }
          return chain.proceed(chain.request());
        };

    RoutedResponse answer = inOrder().perCandidate(budget).build().route(HELLO);
    assertThat(answer.response().provider()).isEqualTo("second");
    assertThat(answer.decision().tried().get(0).label()).isEqualTo("first:a");
    assertThat(answer.decision().tried().get(0).error()).contains("The budget has no room.");

    LlmRouter alone = LlmRouter.builder().model(first.model("a")).perCandidate(budget).build();
    assertThatThrownBy(() -> alone.route(HELLO)).isSameAs(broke);
  }

  @Test
  void throwsTheErrorItselfWhenOnlyOneModelWasTried() {
    first.fail(ErrorKind.AUTHENTICATION);
    LlmRouter router = LlmRouter.builder().model(first.model("a")).build();

    assertThatThrownBy(() -> router.route(HELLO))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("Check the key");
  }

  @Test
  void throwsTheLastErrorOfAModelThatAStrategyTriesTwice() {
    first.fail(ErrorKind.NETWORK).fail(ErrorKind.SERVER);
    Strategy stubborn =
        Strategy.of("stubborn", feasible -> List.of(feasible.get(0), feasible.get(0)));

    assertThatThrownBy(() -> inOrder().strategy(stubborn).build().route(HELLO))
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SERVER));
    assertThat(first.calls()).hasSize(2);
  }

  @Test
  void saysOfEveryModelWhyItFailed() {
    first.fail(ErrorKind.OVERLOADED);
    second.fail(ErrorKind.AUTHENTICATION);
    List<RoutingDecision> decisions = new ArrayList<>();
    Interceptor watcher =
        chain -> {
          try {
            return chain.proceed(chain.request());
          } finally {
            decisions.add(chain.call().get(RoutingDecision.OF_THE_CALL).orElseThrow());
          }
        };

    assertThatThrownBy(() -> inOrder().around(watcher).build().route(HELLO))
        .isInstanceOf(AllCandidatesFailedException.class)
        .hasMessageStartingWith("None of the models that could answer did:\n  first:a: ")
        .hasMessageContaining("\n  second:b: ");
    assertThat(decisions.get(0).tried()).hasSize(2);
    assertThat(decisions.get(0).chosen()).isEmpty();
  }

  // Layers

  @Test
  void layersLieInsideOfThoseAddedBeforeAndMayChangeEverything() {
    List<String> order = new ArrayList<>();
    LlmRouter router =
        inOrder()
            .around(noting("outer", order))
            .around(noting("inner", order))
            .perCandidate(noting("candidate", order))
            .perCandidate(
                chain -> chain.proceed(chain.request().toBuilder().user("and goodbye").build()))
            .build();

    RoutedResponse answer = router.route(HELLO);

    assertThat(order)
        .containsExactly(
            "outer in", "inner in", "candidate in", "candidate out", "inner out", "outer out");
    assertThat(answer.text()).isEqualTo("and goodbye");
  }

  @Test
  void layersAroundTheCallSeeItOnceAndThoseAroundACandidateEachTry() {
    first.fail(ErrorKind.OVERLOADED);
    List<String> calls = new ArrayList<>();
    Attribute<Integer> tries = Attribute.of("tries", Integer.class);
    LlmRouter router =
        inOrder()
            .around(
                chain -> {
                  calls.add(chain.call().id());
                  assertThat(chain.call().candidate()).isEmpty();
                  ChatResponse response = chain.proceed(chain.request());
                  assertThat(chain.call().get(tries)).contains(2);
                  return response;
                })
            .perCandidate(
                chain -> {
                  calls.add(chain.call().id() + chain.call().candidate().orElseThrow().label());
                  chain.call().put(tries, chain.call().get(tries).orElse(0) + 1);
                  return chain.proceed(chain.request());
                })
            .build();

    String id = router.route(HELLO).callId();

    assertThat(calls).containsExactly(id, id + "first:a", id + "second:b");
    assertThat(tries).hasToString("tries");
  }

  @Test
  void aLayerThatAnswersByItselfIsHeardToo() {
    ChatResponse cached = ChatResponse.of("from the cache", "cache", "none", Usage.ZERO);
    List<StreamEvent> told = new ArrayList<>();

    RoutedResponse answer =
        inOrder().around(chain -> cached).build().route(HELLO, told::add, Deadline.never());

    assertThat(answer.decision().strategy()).isEqualTo("answered by an interceptor");
    assertThat(told)
        .containsExactly(
            new StreamEvent.TextDelta("from the cache"), new StreamEvent.Finished(cached));
    assertThat(first.calls()).isEmpty();
  }

  @Test
  void aLayerMayChangeTheTextOnItsWay() {
    first.answer("a secret");
    Interceptor masking =
        chain ->
            chain
                .withListener(
                    event -> {
                      if (event instanceof StreamEvent.TextDelta delta) {
                        chain
                            .call()
                            .listener()
                            .orElseThrow()
                            .on(new StreamEvent.TextDelta(delta.text().replace("secret", "***")));
                      }
                    })
                .proceed(chain.request());
    List<StreamEvent> told = new ArrayList<>();

    RoutedResponse answer =
        inOrder().perCandidate(masking).build().route(HELLO, told::add, Deadline.never());

    assertThat(told)
        .containsExactly(
            new StreamEvent.TextDelta("a ***"), new StreamEvent.Finished(answer.response()));
  }

  @Test
  void tellsTheEndOnceWhateverAProviderTells() {
    ChatProvider eager =
        new ChatProvider() {
          @Override
          public String name() {
            return "eager";
          }

          @Override
          public ChatResponse chat(ProviderCall call) {
            ChatResponse response = ChatResponse.of("hi", "eager", "x", Usage.of(1, 1));
            StreamListener told = call.listener().orElseThrow();
            told.on(new StreamEvent.TextDelta("hi"));
            told.on(new StreamEvent.Finished(response));
            return response;
          }
        };
    List<StreamEvent> told = new ArrayList<>();

    LlmRouter.builder().model(eager.model("x")).build().route(HELLO, told::add, Deadline.never());

    assertThat(told).hasSize(2).last().isInstanceOf(StreamEvent.Finished.class);
  }

  @Test
  void handsTheDeadlineAndTheListenerDown() {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    inOrder().build().route(HELLO, event -> {}, deadline);
    inOrder().build().route(HELLO, deadline);

    assertThat(first.calls().get(0).deadline()).isSameAs(deadline);
    assertThat(first.calls().get(0).listener()).isPresent();
    assertThat(first.calls().get(0).model()).isEqualTo("a");
    assertThat(first.calls().get(1).listener()).isEmpty();
  }

  // The other ways to ask

  @Test
  void answersOnAThreadOfItsOwn() {
    first.answer("soon").fail(ErrorKind.INVALID_REQUEST);
    LlmRouter router = inOrder().build();

    CompletableFuture<RoutedResponse> answer = router.routeAsync(HELLO, Deadline.never());
    assertThat(answer.join().text()).isEqualTo("soon");
    assertThatThrownBy(() -> router.routeAsync(HELLO, Deadline.never()).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ProviderException.class);
  }

  @Test
  void streamsTheAnswerOfWhoeverGivesIt() {
    first.fail(ErrorKind.RATE_LIMITED);
    second.answer("streamed");

    try (ChatStream stream = inOrder().build().stream(HELLO, Deadline.never())) {
      assertThat(stream.stream().toList())
          .satisfiesExactly(
              event -> assertThat(event).isEqualTo(new StreamEvent.TextDelta("streamed")),
              event -> assertThat(event).isInstanceOf(StreamEvent.Finished.class));
    }
  }

  private static Interceptor noting(String name, List<String> order) {
    return chain -> {
      order.add(name + " in");
      ChatResponse response = chain.proceed(chain.request());
      order.add(name + " out");
      return response;
    };
  }

  private static Model priced(String provider, String id, int dollarsPerMillion) {
    Usd rate = Usd.of(String.valueOf(dollarsPerMillion));
    return Model.builder(provider, id).prices(Prices.of(rate, rate)).build();
  }
}
