package ai.powertools.router;

import static ai.powertools.router.FunctionProvider.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
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

/** What is done when a model fails, by the kind of the error. */
class FallbackTest {
  private static final ChatRequest HELLO = ChatRequest.of("hello there");

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider first = ScriptedProvider.named("first", clock);
  private final ScriptedProvider second = ScriptedProvider.named("second", clock);
  private final List<RouterEvent> events = new ArrayList<>();

  private RouterBuilder empty() {
    return LlmRouter.builder().strategy(Strategy.inOrder()).time(clock).listener(events::add);
  }

  private RouterBuilder both() {
    return empty().model(first.model("a")).model(second.model("b"));
  }

  private RouterBuilder alone() {
    return empty().model(first.model("a"));
  }

  private static String state(LlmRouter router, String label) {
    return router.status().stream()
        .filter(status -> status.label().equals(label))
        .map(status -> status.state() + (status.reason().isEmpty() ? "" : ": " + status.reason()))
        .findFirst()
        .orElseThrow();
  }

  private <E extends RouterEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Model sized(String provider, String id, long context) {
    return Model.builder(provider, id).limits(context, 1_000).build();
  }

  // What kind of error

  @Test
  void aConversationThatIsTooLongGoesToLargerContextsOnly() {
    ScriptedProvider third = ScriptedProvider.named("third");
    first.fail(ErrorKind.CONTEXT_WINDOW);
    LlmRouter router =
        empty()
            .model(first.model(sized("first", "a", 100_000)))
            .model(second.model(sized("second", "same", 100_000)))
            .model(third.model(sized("third", "larger", 100_001)))
            .build();

    RoutingDecision decision = router.route(HELLO).decision();

    assertThat(decision.chosen()).map(Offer::label).contains("third:larger");
    assertThat(second.calls()).isEmpty();
    assertThat(state(router, "first:a")).as("no fault of its own").isEqualTo("READY");
  }

  @Test
  void refusedContentEndsTheCallUnlessOneSaysOtherwise() {
    first.fail(ErrorKind.CONTENT_POLICY).fail(ErrorKind.CONTENT_POLICY);

    assertThatThrownBy(() -> both().build().route(HELLO))
        .isInstanceOf(ProviderException.ContentPolicy.class);
    assertThat(second.calls()).isEmpty();

    LlmRouter lenient = both().fallback(Fallback.STANDARD.nextOnContentPolicy()).build();
    assertThat(lenient.route(HELLO).response().provider()).isEqualTo("second");
    assertThat(state(lenient, "first:a")).isEqualTo("READY");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"SERVER", "TIMEOUT", "NETWORK", "MALFORMED_RESPONSE"})
  void whatPassesGoesToTheNextAndIsLeftAloneAfterThreeInARow(ErrorKind kind) {
    LlmRouter router = both().build();
    for (int i = 1; i <= 3; i++) {
      assertThat(state(router, "first:a")).isEqualTo("READY");
      first.fail(kind);
      assertThat(router.route(HELLO).response().provider()).isEqualTo("second");
    }
    assertThat(state(router, "first:a")).startsWith("COOLING: ");

    router.route(HELLO);
    assertThat(first.calls()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"RATE_LIMITED", "OVERLOADED", "QUOTA_EXHAUSTED"})
  void whoSaysThatItIsBusyIsLeftAloneAtOnce(ErrorKind kind) {
    first.fail(kind);
    LlmRouter router = both().build();

    router.route(HELLO);
    router.route(HELLO);

    assertThat(first.calls()).hasSize(1);
    Duration expected = Duration.ofSeconds(kind == ErrorKind.QUOTA_EXHAUSTED ? 60 : 1);
    assertThat(router.status().get(0).remaining()).isEqualTo(expected);
    clock.advance(expected);
    assertThat(router.route(HELLO).response().provider()).as("the probe").isEqualTo("first");
    assertThat(state(router, "first:a")).isEqualTo("READY");
  }

  @Test
  void aProbeThatFailsDoublesTheTime() {
    LlmRouter router = both().build();
    for (int seconds = 1; seconds <= 4; seconds *= 2) {
      first.fail(ErrorKind.OVERLOADED);
      router.route(HELLO);
      assertThat(router.status().get(0).remaining()).isEqualTo(Duration.ofSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void aRefusedKeyPutsAllModelsOfThatProviderOutUntilReinstated() {
    ScriptedProvider otherKey = ScriptedProvider.named("first");
    first.fail(ErrorKind.AUTHENTICATION);
    LlmRouter router =
        empty()
            .model(first.model("a"))
            .model(first.model("a2"))
            .model(otherKey.model("a").deployment("key2"))
            .build();

    assertThat(router.route(HELLO).decision().chosen()).map(Offer::label).contains("first:a@key2");
    assertThat(state(router, "first:a")).isEqualTo("OUT: authentication");
    assertThat(state(router, "first:a2")).isEqualTo("OUT: authentication");
    assertThat(events(RouterEvent.LeftAlone.class))
        .extracting(event -> event.status().label())
        .containsExactly("first:a", "first:a2");

    clock.advance(Duration.ofDays(30));
    router.route(HELLO);
    assertThat(first.calls()).hasSize(1);
    router.reinstate("first:a");
    assertThat(router.route(HELLO).decision().chosen()).map(Offer::label).contains("first:a");
    assertThat(state(router, "first:a2")).startsWith("OUT");
    assertThatThrownBy(() -> router.reinstate("nobody:x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[first:a, first:a2, first:a@key2]");
  }

  @Test
  void anAnswerToAnOldKeyDoesNotUndoTheReinstatement() {
    LlmRouter[] router = new LlmRouter[1];
    FunctionProvider keyed =
        FunctionProvider.named(
            "keyed",
            call -> {
              if (call.model().equals("slow")) {
                // While it is under way, another call finds the key refused, and it is put right.
                assertThatThrownBy(() -> router[0].route(HELLO.toBuilder().model("quick").build()))
                    .isInstanceOf(ProviderException.Authentication.class);
                router[0].reinstate("keyed:slow");
                router[0].reinstate("keyed:quick");
              }
              throw error(ErrorKind.AUTHENTICATION);
            });
    router[0] = empty().model(keyed.model("slow")).model(keyed.model("quick")).build();

    assertThatThrownBy(() -> router[0].route(HELLO.toBuilder().model("slow").build()))
        .isInstanceOf(ProviderException.Authentication.class);

    assertThat(state(router[0], "keyed:slow")).isEqualTo("READY");
    assertThat(state(router[0], "keyed:quick")).isEqualTo("READY");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"PERMISSION", "INVALID_REQUEST"})
  void aModelThatMayNotBeUsedOrIsNotThereIsOutByItself(ErrorKind kind) {
    first.fail(ProviderException.builder(kind, "first", "a", "no such").status(404).build());
    LlmRouter router = both().model(first.model("a2")).build();

    assertThat(router.route(HELLO).response().provider()).isEqualTo("second");
    assertThat(state(router, "first:a")).startsWith("OUT: ");
    assertThat(state(router, "first:a2")).isEqualTo("READY");
  }

  // Waiting

  @Test
  void asksAnotherModelBeforeItWaitsForABusyOne() {
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2)));

    assertThat(both().build().route(HELLO).response().provider()).isEqualTo("second");
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void waitsForTheOnlyModelAsLongAsItAsks() {
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2))).answer("at last");

    RoutedResponse answer = alone().build().route(HELLO);

    assertThat(answer.text()).isEqualTo("at last");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(events(RouterEvent.Waiting.class))
        .containsExactly(
            new RouterEvent.Waiting(answer.callId(), "first:a", Duration.ofSeconds(2)));
    assertThat(answer.decision().tried()).hasSize(2);
  }

  @Test
  void waitsForABusyModelWhenTheOtherFailsToo() {
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2)));
    second.fail(ErrorKind.SERVER);

    assertThat(both().build().route(HELLO).response().provider()).isEqualTo("first");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void neverWaitsLongerThanItMay() {
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(11)));
    assertThatThrownBy(() -> alone().build().route(HELLO))
        .isInstanceOf(ProviderException.RateLimited.class);

    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2)));
    assertThatThrownBy(
            () -> alone().build().route(HELLO, Deadline.after(Duration.ofSeconds(2), clock)))
        .isInstanceOf(ProviderException.RateLimited.class);

    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofMillis(1)));
    assertThatThrownBy(
            () ->
                alone().fallback(Fallback.STANDARD.waitAtMost(Duration.ZERO)).build().route(HELLO))
        .isInstanceOf(ProviderException.RateLimited.class);
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void allWaitsOfACallTogetherAreBounded() {
    first
        .fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(6)))
        .fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(6)));
    second
        .fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(11)))
        .fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(6)));

    assertThatThrownBy(() -> both().build().route(HELLO))
        .isInstanceOf(AllCandidatesFailedException.class);
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void aProbeOfAnotherCallThatHangsIsNotWaitedForForever() {
    LlmRouter[] router = new LlmRouter[1];
    FunctionProvider hanging =
        FunctionProvider.named(
            "hanging",
            call -> {
              if (clock.elapsed().isZero()) {
                throw error(ErrorKind.OVERLOADED);
              }
              // This is the probe; meanwhile another call comes and finds it under way.
              Duration before = clock.elapsed();
              assertThatThrownBy(() -> router[0].route(HELLO))
                  .isInstanceOf(NoFeasibleModelException.class)
                  .hasMessageContaining("hanging:a: it is left alone for another ");
              assertThat(clock.elapsed().minus(before))
                  .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
              return FunctionProvider.say(call, "probed");
            });
    router[0] = empty().model(hanging.model("a")).build();
    assertThatThrownBy(() -> router[0].route(HELLO)).isInstanceOf(ProviderException.class);
    clock.advance(Duration.ofSeconds(1));

    assertThat(router[0].route(HELLO).text()).isEqualTo("probed");
    assertThat(events(RouterEvent.Waiting.class)).as("told once, not at each look").hasSize(1);
  }

  @Test
  void waitsInsteadOfAskingAnotherThatIsKnownToBeSlower() {
    LlmRouter router = withASlowSecond();
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2)));
    Duration before = clock.elapsed();

    RoutedResponse answer = router.route(HELLO);

    assertThat(answer.response().provider()).isEqualTo("first");
    assertThat(clock.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(2));
    assertThat(events(RouterEvent.Waiting.class))
        .containsExactly(
            new RouterEvent.Waiting(answer.callId(), "first:a", Duration.ofSeconds(2)));
  }

  @Test
  void asksTheSlowerOneWhereWaitingIsNotAllowedOrLater() {
    LlmRouter impatient = withASlowSecond();
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(20)));

    assertThat(impatient.route(HELLO).response().provider()).isEqualTo("second");
    assertThat(events(RouterEvent.Waiting.class)).isEmpty();
  }

  /** Both have been measured: the first takes no time, the second half a minute. */
  private LlmRouter withASlowSecond() {
    LlmRouter router = both().build();
    second.delay(Duration.ofSeconds(30)).answer("slow", Usage.of(1, 500));
    router.route(HELLO.toBuilder().model("second:b").build());
    first.answer("quick", Usage.of(1, 500));
    router.route(HELLO);
    return router;
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    VirtualClock still = VirtualClock.create();
    first.fail(error(ErrorKind.RATE_LIMITED, Duration.ofSeconds(2)));
    List<RoutingDecision> decisions = new ArrayList<>();
    LlmRouter router =
        alone()
            .time(still)
            .listener(
                event -> {
                  if (event instanceof RouterEvent.Ended ended) {
                    decisions.add(ended.decision());
                  }
                })
            .build();
    List<Boolean> flags = new ArrayList<>();
    CompletableFuture<RoutedResponse> call = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                call.complete(router.route(HELLO));
              } catch (RuntimeException e) {
                flags.add(Thread.currentThread().isInterrupted());
                call.completeExceptionally(e);
              }
            });
    caller.start();
    still.awaitSleepers(1);
    caller.interrupt();
    caller.join();

    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(CancelledException.class);
    assertThat(flags).containsExactly(true);
    assertThat(decisions.get(0).tried()).as("what was tried is told").hasSize(1);
  }

  // Timeouts

  @Test
  void anAttemptThatTakesTooLongGivesWayToTheNext() {
    FunctionProvider hanging =
        FunctionProvider.named(
            "hanging",
            call -> {
              FunctionProvider.pass(clock, call.deadline().remaining());
              throw new DeadlineExceededException("No answer in time.");
            });
    LlmRouter router =
        empty()
            .model(hanging.model("a"))
            .model(second.model("b"))
            .fallback(Fallback.STANDARD.attemptTimeout(Duration.ofSeconds(3)))
            .build();

    for (int i = 1; i <= 3; i++) {
      RoutedResponse answer = router.route(HELLO, Deadline.after(Duration.ofMinutes(1), clock));
      assertThat(answer.response().provider()).isEqualTo("second");
      assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(3L * i));
    }
    assertThat(state(router, "hanging:a")).isEqualTo("COOLING: no answer in time");
    assertThatThrownBy(() -> router.route(HELLO, Deadline.after(Duration.ZERO, clock)))
        .isInstanceOf(DeadlineExceededException.class);
  }

  @Test
  void theCallsOwnDeadlineIsNoFaultOfTheModel() {
    LlmRouter router = both().build();
    for (int i = 0; i < 5; i++) {
      first.delay(Duration.ofSeconds(3)).fail(ErrorKind.TIMEOUT);
      assertThatThrownBy(() -> router.route(HELLO, Deadline.after(Duration.ofSeconds(2), clock)))
          .isInstanceOf(ProviderException.TimedOut.class);
    }
    assertThat(state(router, "first:a")).isEqualTo("READY");
    assertThat(second.calls()).isEmpty();
  }

  // Several deployments

  @Test
  void deploymentsOfOneModelAreToldApartAndFailByThemselves() {
    ScriptedProvider same = ScriptedProvider.named("first");
    first.fail(ErrorKind.OVERLOADED);
    LlmRouter router =
        empty()
            .model(first.model("a"))
            .model(same.model("a"))
            .model(same.model("a").deployment("eu-1"))
            .build();

    assertThat(router.status())
        .extracting(ModelStatus::label)
        .containsExactly("first:a", "first:a#2", "first:a@eu-1");
    assertThat(router.route(HELLO).decision().chosen()).map(Offer::label).contains("first:a#2");
    assertThat(state(router, "first:a#2")).isEqualTo("READY");
  }

  @Test
  void aModelWhoseNameLooksLikeANumberedOneTakesNobodysPlace() {
    LlmRouter router =
        empty().model(first.model("a#2")).model(first.model("a")).model(first.model("a")).build();

    assertThat(router.status())
        .extracting(ModelStatus::label)
        .containsExactly("first:a#2", "first:a", "first:a#3");
  }

  // Nothing left

  @Test
  void saysOfEachModelWhyNoneIsAvailableAndWhenToComeBack() {
    ScriptedProvider local = ScriptedProvider.named("tiny");
    first.fail(ErrorKind.QUOTA_EXHAUSTED);
    second.fail(ErrorKind.AUTHENTICATION);
    LlmRouter router =
        both().model(local.model(Model.builder("tiny", "t").limits(10, 10).build())).build();
    ChatRequest request = HELLO.toBuilder().maxOutputTokens(100).build();
    assertThatThrownBy(() -> router.route(request))
        .isInstanceOf(AllCandidatesFailedException.class);

    NoFeasibleModelException error =
        catchThrowableOfType(NoFeasibleModelException.class, () -> router.route(request));

    assertThat(error.getMessage().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("No model can answer this request:"),
            line -> assertThat(line).startsWith("  tiny:t: the conversation takes "),
            line ->
                assertThat(line)
                    .isEqualTo("  first:a: it is left alone for another 60000 ms: quota exhausted"),
            line ->
                assertThat(line)
                    .isEqualTo("  second:b: it is out until reinstated: authentication"),
            line -> assertThat(line).isEqualTo("Try again in 60000 ms, or add a model that can."));
    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(first.calls()).hasSize(1);
  }

  @Test
  void isNotRetryableWhenAllAreOut() {
    first.fail(ErrorKind.AUTHENTICATION);
    LlmRouter router = alone().build();
    assertThatThrownBy(() -> router.route(HELLO)).isInstanceOf(ProviderException.class);

    assertThatThrownBy(() -> router.route(HELLO))
        .isInstanceOfSatisfying(
            NoFeasibleModelException.class, e -> assertThat(e.retryable()).isFalse())
        .hasMessageContaining("out until reinstated");
  }

  // Layers

  @Test
  void aLayerThatRefusesAModelDoesNotHurtItsHealth() {
    Interceptor noRoom =
        chain -> {
          throw new CandidateRefusedException(new PowerToolsException("no room"));
        };
    LlmRouter router = both().perCandidate(noRoom).build();

    for (int i = 0; i < 5; i++) {
      AllCandidatesFailedException error =
          catchThrowableOfType(AllCandidatesFailedException.class, () -> router.route(HELLO));
      assertThat(error.errors()).containsOnlyKeys("first:a", "second:b");
    }
    assertThat(router.status())
        .extracting(ModelStatus::state)
        .containsOnly(ModelStatus.State.READY);
    assertThat(first.calls()).isEmpty();
  }

  @Test
  void aLayerThatAnswersAProbeLeavesTheModelToTheNextProbe() {
    first.fail(ErrorKind.OVERLOADED);
    List<String> cached = new ArrayList<>();
    Interceptor cache =
        chain ->
            cached.isEmpty()
                ? chain.proceed(chain.request())
                : ChatResponse.of(cached.get(0), "cache", "none", Usage.ZERO);
    LlmRouter router = alone().perCandidate(cache).build();
    assertThatThrownBy(() -> router.route(HELLO)).isInstanceOf(ProviderException.class);
    clock.advance(Duration.ofSeconds(1));

    cached.add("cached");
    assertThat(router.route(HELLO).text()).isEqualTo("cached");
    assertThat(state(router, "first:a")).startsWith("COOLING");
    cached.clear();
    assertThat(router.route(HELLO).text()).isEqualTo("hello there");
    assertThat(state(router, "first:a")).isEqualTo("READY");
  }

  @Test
  void aLayerThatTriesAgainKeepsToTheBudgetOfTheCall() {
    Model dollarAWord =
        Model.builder("first", "a")
            .limits(1_000, 100)
            .tokenizer(Tokenizer.WORDS)
            .prices(Prices.of(Usd.of("1000000"), Usd.of("1000000")))
            .build();
    Interceptor again =
        chain -> {
          try {
            return chain.proceed(chain.request());
          } catch (ProviderException e) {
            return chain.proceed(chain.request());
          }
        };
    LlmRouter router = empty().perCandidate(again).model(first.model(dollarAWord)).build();
    ChatRequest one = HELLO.toBuilder().maxOutputTokens(1).build(); // two words in, one out

    first.fail(ErrorKind.SERVER);
    assertThat(router.route(Task.of(one).budget(Usd.of("3"))).decision().tried())
        .as("what was not billed may be tried again")
        .hasSize(1);

    first.failAfter("hm", ErrorKind.SERVER);
    assertThatThrownBy(() -> router.route(Task.of(one).budget(Usd.of("5.99"))))
        .hasMessage(
            "The budget of $5.99 has no room for another request to first:a: $3.00 of it is gone,"
                + " and it may cost $3.00. Raise the budget, or lower maxOutputTokens.");
    first.failAfter("hm", ErrorKind.SERVER);
    assertThat(router.route(Task.of(one).budget(Usd.of("7"))).decision().cost())
        .as("both requests are on the bill")
        .contains(Usd.of("7"));
  }

  @Test
  void anErrorOfTheMachineLetsGoOfTheModel() {
    Interceptor broken =
        chain -> {
          throw new StackOverflowError("deep");
        };
    LlmRouter router = alone().perCandidate(broken).build();

    assertThatThrownBy(() -> router.route(HELLO)).isInstanceOf(StackOverflowError.class);
    assertThat(router.status().get(0).standing().inFlight()).isZero();
  }

  @Test
  void aListenerThatFailsIsNoReasonForTheCallTo() {
    LlmRouter router =
        alone()
            .listener(
                event -> {
                  throw new IllegalStateException("no disk");
                })
            .build();

    assertThat(router.route(HELLO).text()).isEqualTo("hello there");
  }

  @Test
  void fallbacksRefuseNonsense() {
    assertThatThrownBy(() -> Fallback.STANDARD.waitAtMost(Duration.ofMillis(-1)))
        .hasMessageContaining("can't be negative");
    assertThatThrownBy(() -> Fallback.STANDARD.attemptTimeout(Duration.ZERO))
        .hasMessageContaining("needs more time");
  }
}
