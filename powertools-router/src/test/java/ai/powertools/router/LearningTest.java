package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.core.Deadline;
import ai.powertools.models.Ability;
import ai.powertools.models.Modality;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Rates;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Traits;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.router.quality.Prediction;
import ai.powertools.router.quality.QualityPredictor;
import ai.powertools.testing.VirtualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a router makes of the calls before, in what it expects of the next. */
class LearningTest {
  private static final ChatRequest HELLO = ChatRequest.of("one two three four five");

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider provider = ScriptedProvider.named("p", clock);

  private static Model model(String id, Tokenizer tokenizer, String input, String output) {
    return Model.builder("p", id)
        .limits(10_000, 4_000)
        .tokenizer(tokenizer)
        .prices(Prices.of(Usd.of(input), Usd.of(output)))
        .build();
  }

  private RouterBuilder router(Model... models) {
    RouterBuilder builder = LlmRouter.builder().time(clock);
    for (Model model : models) {
      builder.model(provider.model(model));
    }
    return builder;
  }

  @Test
  void expectsAnswersAsLongAsThoseBefore() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 6; i++) {
      provider.answer("done", Usage.of(5, 40));
      router.route(HELLO);
    }

    Offer offer = router.plan(HELLO).candidates().get(0);

    assertThat(offer.tokens().expectedOutput()).isEqualTo(40);
    assertThat(offer.expectedCost()).contains(Usd.of("0.000085"));
    assertThat(router.plan(Task.of(HELLO).kind("other")).candidates().get(0).tokens())
        .extracting(TokenPlan::expectedOutput)
        .isEqualTo(500L);
  }

  @Test
  void correctsItsCountByWhatTheVendorCounts() {
    LlmRouter router = router(model("m", Tokenizer.CLAUDE, "1", "2")).build();
    long before = router.plan(HELLO).candidates().get(0).tokens().input();
    for (int i = 0; i < 4; i++) {
      provider.answer("done", Usage.of(before * 3 / 2, 1));
      router.route(HELLO);
    }

    TokenPlan after = router.plan(HELLO).candidates().get(0).tokens();

    assertThat(after.input()).isCloseTo(before * 3 / 2, within(1L));
    assertThat(after.inputAtMost()).isGreaterThanOrEqualTo(after.input());
    assertThat(after.exact()).isFalse();
  }

  @Test
  void leavesCountsAloneThatAreTheVendorsOwn() {
    LlmRouter router = router(model("m", Tokenizer.O200K_BASE, "1", "2")).build();
    long before = router.plan(HELLO).candidates().get(0).tokens().input();
    for (int i = 0; i < 5; i++) {
      provider.answer("done", Usage.of(before * 2, 1));
      router.route(HELLO);
    }

    assertThat(router.plan(HELLO).candidates().get(0).tokens().input()).isEqualTo(before);
  }

  @Test
  void paysForFailuresThatAreOnTheBill() {
    LlmRouter router =
        router(model("m", Tokenizer.WORDS, "1", "2"))
            .cooldown(
                new Cooldown(
                    1_000, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), Duration.ofMinutes(1)))
            .build();
    Usd before = router.plan(HELLO).candidates().get(0).expectedCost().orElseThrow();
    for (int i = 0; i < 20; i++) {
      provider.failAfter("some", ErrorKind.SERVER);
      assertThatThrownBy(() -> router.route(HELLO)).isInstanceOf(ProviderException.class);
    }

    Offer after = router.plan(HELLO).candidates().get(0);

    assertThat(after.standing().failureRate()).isBetween(0.5, 0.8);
    assertThat(after.standing().billedFailureRate()).isBetween(0.5, 0.8);
    assertThat(after.expectedCost().orElseThrow())
        .isGreaterThan(before.plus(before.times(4).times(new BigDecimal("0.2"))));
  }

  @Test
  void aWarmCacheMakesItsModelCheaperForTheSameKeyUntilItIsCold() {
    Model caching =
        Model.builder("p", "caching")
            .limits(10_000, 4_000)
            .tokenizer(Tokenizer.WORDS)
            .prices(
                Prices.of(
                    Rates.of(
                        Map.of(
                            Unit.INPUT_TOKENS, Usd.of("1"),
                            Unit.CACHE_READ_TOKENS, Usd.of("0.1"),
                            Unit.OUTPUT_TOKENS, Usd.of("2")))))
            .traits(able(Ability.CACHING))
            .build();
    LlmRouter router = router(caching, model("other", Tokenizer.WORDS, "0.9", "1.9")).build();
    Task task = Task.of(HELLO).key("session 7");
    provider.answer("done", Usage.of(5, 500));
    router.route(Task.of(HELLO.toBuilder().model("caching").build()).key("session 7"));

    Offer warm = router.plan(task).candidates().get(0);
    assertThat(router.plan(task).inputs().key()).isPresent();
    assertThat(warm.label()).isEqualTo("p:other");
    Offer cached = router.plan(task).candidates().get(1);
    assertThat(cached.tokens().cached()).isEqualTo(5);
    assertThat(cached.expectedCost()).contains(Usd.of("0.0010005"));
    assertThat(router.plan(HELLO).candidates().get(1).tokens().cached()).isZero();

    clock.advance(Duration.ofMinutes(6));
    assertThat(router.plan(task).candidates().get(1).tokens().cached()).isZero();
  }

  @Test
  void measuresHowFastModelsAre() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 30; i++) {
      provider.delay(Duration.ofSeconds(2)).answer("done", Usage.of(5, 100));
      router.route(HELLO);
    }

    Latency latency = router.status().get(0).standing().latency();

    assertThat(latency.samples()).isEqualTo(30);
    assertThat(latency.tokensPerSecond()).isCloseTo(50, within(1.0));
    assertThat(latency.peak()).isCloseTo(2_000, within(20.0));
    assertThat(latency.expected(200)).isCloseTo(4_000, within(80.0));
  }

  @Test
  void knowsWhenStreamedAnswersBegin() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 25; i++) {
      provider.delay(Duration.ofMillis(i == 24 ? 900 : 300)).answer("done", Usage.of(5, 100));
      router.route(HELLO, event -> {}, Deadline.never());
    }

    Latency latency = router.status().get(0).standing().latency();

    assertThat(latency.timeToFirstToken()).isCloseTo(300, within(4.0));
    assertThat(latency.slowFirstToken()).isBetween(295.0, 910.0);
  }

  @Test
  void refusesAModelThatIsTooSlowForTheDeadline() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 12; i++) {
      provider.delay(Duration.ofSeconds(10)).answer("done", Usage.of(5, 100));
      router.route(HELLO);
    }

    assertThatThrownBy(() -> router.route(HELLO, Deadline.after(Duration.ofSeconds(5), clock)))
        .isInstanceOf(NoFeasibleModelException.class)
        .hasMessageContaining("p:m: its answer is expected to take ")
        .hasMessageContaining(" ms, 5000 ms are left");
    assertThat(provider.calls()).hasSize(12);
    Task hasty = Task.of(HELLO).constrained(Constraints.NONE.firstToken(Duration.ofMillis(10)));
    assertThat(router.plan(hasty).candidates()).as("never streamed, so not known").hasSize(1);
  }

  @Test
  void asksASlowModelAgainWhenItsSlownessIsLongAgo() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 12; i++) {
      provider.delay(Duration.ofSeconds(10)).answer("done", Usage.of(5, 100));
      router.route(HELLO);
    }

    clock.advance(Duration.ofMinutes(61));

    assertThat(router.plan(HELLO).candidates().get(0).standing().latency())
        .isEqualTo(Latency.UNKNOWN);
    assertThat(router.route(HELLO, Deadline.after(Duration.ofSeconds(5), clock)).text())
        .isEqualTo("one two three four five");
    assertThat(provider.calls()).hasSize(13);
    assertThat(router.plan(HELLO).candidates().get(0).standing().latency().samples()).isEqualTo(1);
  }

  @Test
  void refusesAModelWhoseAnswersBeginTooLate() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 12; i++) {
      provider.delay(Duration.ofSeconds(2)).answer("done", Usage.of(5, 100));
      router.route(HELLO, event -> {}, Deadline.never());
    }
    Task hasty = Task.of(HELLO).constrained(Constraints.NONE.firstToken(Duration.ofSeconds(1)));

    assertThat(router.plan(hasty).refused())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.reason())
                    .startsWith("its answers begin within ")
                    .endsWith(" ms, 1000 ms are allowed"));
  }

  @Test
  void aMachineOfOnesOwnCostsItsTime() {
    Model own = Model.local("p", "own", 10_000);
    LlmRouter router =
        LlmRouter.builder().time(clock).model(provider.model(own).perHour(Usd.of("3.6"))).build();
    provider.delay(Duration.ofSeconds(4)).answer("done", Usage.of(5, 100));

    RoutedResponse answer = router.route(HELLO);

    assertThat(answer.decision().cost()).contains(Usd.of("0.004"));
    Offer offer = router.plan(HELLO).candidates().get(0);
    assertThat(offer.expectedCost().orElseThrow().approximately())
        .isCloseTo(0.02, within(0.001)); // 500 tokens at 25 a second
    assertThat(offer.worstCost()).contains(Usd.of("3.6"));
    assertThat(router.plan(Task.of(HELLO).budget(Usd.of("1"))).refused().get(0).reason())
        .contains("does not pay for an answer of ")
        .contains("which may cost $3.60");
  }

  @Test
  void feedbackMakesAModelWorseOrBetterForTasksOfItsKind() {
    LlmRouter router =
        router(
                model("cheap", Tokenizer.WORDS, "0.1", "0.2"),
                model("dear", Tokenizer.WORDS, "5", "25"))
            .strategy(Strategy.cheapestAbove(0.6))
            .build();
    Task easy = Task.of(HELLO).kind("code").complexity(0.1);
    assertThat(router.plan(easy).first().orElseThrow().label()).isEqualTo("p:cheap");

    for (int i = 0; i < 20; i++) {
      router.route(easy).feedback(0);
    }

    assertThat(router.plan(easy).first().orElseThrow().label()).isEqualTo("p:dear");
    assertThat(router.plan(easy.kind("chat")).first().orElseThrow().label()).isEqualTo("p:cheap");
    RoutingDecision plan = router.plan(easy);
    assertThatThrownBy(() -> router.feedback(plan, 1))
        .hasMessage("No model answered; there is nothing to rate.");
    assertThatThrownBy(() -> router.route(easy).feedback(1.5))
        .hasMessage("A score lies between 0 and 1, not at 1.5.");
  }

  @Test
  void exploresExactlyTheShareThatIsSet() {
    LlmRouter router =
        router(
                model("cheap", Tokenizer.WORDS, "0.1", "0.2"),
                model("dear", Tokenizer.WORDS, "5", "25"))
            .strategy(Strategy.best())
            .explore(0.1)
            .build();
    int exploring = 0;
    Set<String> explored = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      RoutingDecision plan = router.plan(Task.of(HELLO).complexity(0.1).seed(i));
      if (plan.inputs().exploring()) {
        exploring++;
        explored.add(plan.first().orElseThrow().label());
      } else {
        assertThat(plan.first().orElseThrow().label()).isEqualTo("p:dear");
      }
    }

    assertThat(exploring).isEqualTo(100);
    assertThat(explored).containsExactlyInAnyOrder("p:cheap", "p:dear");
    assertThatThrownBy(() -> LlmRouter.builder().explore(1.1)).hasMessageContaining("1.1");
  }

  @Test
  void aPromptThatThePredictorDoesNotKnowIsNotDowngraded() {
    Model cheap = model("cheap", Tokenizer.WORDS, "0.1", "0.2");
    Model dear = model("dear", Tokenizer.WORDS, "5", "25");
    Strategy strategy = Strategy.cheapestAbove(0.7);
    LlmRouter familiar =
        router(cheap, dear)
            .strategy(strategy)
            .quality(always(new Prediction(0.9, 0.95, 0.9)))
            .build();
    LlmRouter unfamiliar =
        router(cheap, dear)
            .strategy(strategy)
            .quality(always(new Prediction(0.9, 0.95, 0.1)))
            .build();

    assertThat(familiar.plan(HELLO).first().orElseThrow().label()).isEqualTo("p:cheap");
    assertThat(unfamiliar.plan(HELLO).first().orElseThrow().label()).isEqualTo("p:dear");
    assertThat(unfamiliar.plan(HELLO).explain()).contains("prediction: a weak model is right by");
    assertThat(unfamiliar.plan(Task.of(HELLO).complexity(0.1)).first().orElseThrow().label())
        .as("the caller knows better")
        .isEqualTo("p:cheap");
  }

  @Test
  void refusesWhatIsNotGoodEnough() {
    LlmRouter router =
        router(
                model("cheap", Tokenizer.WORDS, "0.1", "0.2"),
                model("dear", Tokenizer.WORDS, "5", "25"))
            .build();

    RoutingDecision plan = router.plan(Task.of(HELLO).complexity(0.6).quality(0.7));

    assertThat(plan.candidates()).extracting(Offer::label).containsExactly("p:dear");
    assertThat(plan.refused().get(0).reason())
        .matches("its expected quality of 0\\.\\d\\d is below 0.7");
  }

  @Test
  void whatIsSaidOfAModelCountsMoreThanWhatIsPublished() {
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.best())
            .model(provider.model(model("a", Tokenizer.WORDS, "5", "25")).ability(0.1))
            .model(provider.model(model("b", Tokenizer.WORDS, "0.1", "0.2")).ability(0.9))
            .catalog(ModelCatalog.bundled())
            .build();

    assertThat(router.plan(Task.of(HELLO).complexity(0.5)).first().orElseThrow().label())
        .isEqualTo("p:b");
  }

  @Test
  void limitsTheAnswerSoThatTheBudgetCantBeExceeded() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "10")).build();

    router.route(Task.of(HELLO).budget(Usd.of("0.0100050")));
    router.route(
        Task.of(HELLO.toBuilder().maxOutputTokens(700).build()).budget(Usd.of("0.0100050")));

    assertThat(provider.calls().get(0).request().maxOutputTokens()).hasValue(1_000);
    assertThat(provider.calls().get(1).request().maxOutputTokens()).hasValue(700);
    assertThat(router.plan(Task.of(HELLO).budget(Usd.of("0.001"))).refused().get(0).reason())
        .isEqualTo(
            "the budget of $0.001 does not pay for an answer of 500 tokens, which may cost"
                + " $0.005005");
    LlmRouter unknown = LlmRouter.builder().model(provider.model("nobody-knows")).build();
    assertThat(unknown.plan(Task.of(HELLO).budgetCents(5)).refused().get(0).reason())
        .isEqualTo("what it costs is not known, and there is a budget of $0.05");
  }

  @Test
  void whatWasLearnedCanBeTakenAlong() {
    LlmRouter router = router(model("m", Tokenizer.WORDS, "1", "2")).build();
    for (int i = 0; i < 6; i++) {
      provider.answer("done", Usage.of(5, 40));
      router.route(HELLO);
    }

    LlmRouter another =
        router(model("m", Tokenizer.WORDS, "1", "2"))
            .experience(Experience.fromJson(router.experience().toJson()))
            .build();

    assertThat(another.plan(HELLO).candidates().get(0).tokens().expectedOutput()).isEqualTo(40);
  }

  private static QualityPredictor always(Prediction prediction) {
    return prompt -> prediction;
  }

  private static Traits able(Ability... abilities) {
    return new Traits(
        Set.of(Modality.TEXT),
        Set.of(Modality.TEXT),
        Set.of(abilities),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
