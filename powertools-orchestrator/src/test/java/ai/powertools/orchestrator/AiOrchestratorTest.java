package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.cost.Budget;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Outcome;
import ai.powertools.cost.UnknownCostException;
import ai.powertools.logging.LogContext;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.RateLimitExceededException;
import ai.powertools.retry.AttemptsExhaustedException;
import ai.powertools.router.AllCandidatesFailedException;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ChatStream;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.Hedge;
import ai.powertools.router.Message;
import ai.powertools.router.NoFeasibleModelException;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.RoutingDecision;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.extractive.Extractive;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import ai.powertools.workflow.StepFailedException;
import ai.powertools.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AiOrchestratorTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider openai = ScriptedProvider.named("openai", clock);
  private final ScriptedProvider anthropic = ScriptedProvider.named("anthropic", clock);

  private OrchestratorBuilder builder() {
    return AiOrchestrator.builder().time(clock).model(openai.model("gpt-5-mini"));
  }

  private OrchestratorBuilder withFallback() {
    return builder()
        .model(anthropic.model("claude-sonnet-4-6"))
        .strategy(Strategy.inOrder())
        .retry(new RetrySettings(1, Duration.ofMillis(1), Duration.ofMillis(1)));
  }

  private static Question small(String text) {
    return Question.builder(text).maxOutputTokens(50).build();
  }

  @Test
  void answersWithAReceipt() {
    openai.answer("42", Usage.of(10, 2));
    try (AiOrchestrator ai = builder().budget(Budget.usd(1)).build()) {
      Answer answer = ai.ask(small("What is six times seven?"));

      assertThat(answer.text()).isEqualTo("42");
      Receipt receipt = answer.receipt();
      assertThat(receipt.totalCost()).contains(Usd.of("0.0000065"));
      assertThat(receipt.certainty()).isEqualTo(Certainty.EXACT);
      assertThat(receipt.elsewhere().comparisons())
          .extracting(Comparison::model)
          .containsExactly("gpt-5-mini", "claude-sonnet-4-6", "gemini-2.5-pro");
      assertThat(receipt.describe())
          .contains("model     openai:gpt-5-mini (the only one that could answer)")
          .contains("tokens    10 in, 2 out")
          .contains("cost      $0.0000065 (exact)")
          .contains("trace     " + receipt.traceId());
      assertThat(ai.costs().budgets().get(0).spent()).isEqualTo(Usd.of("0.0000065"));
      assertThat(ai.costs().budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    }
  }

  @Test
  void fallsBackToTheNextModelAndBillsBoth() {
    openai.fail(
        ProviderException.builder(ErrorKind.SERVER, "openai", "gpt-5-mini", "boom")
            .mayBeBilled(true)
            .build());
    anthropic.answer("from the other one", Usage.of(10, 4));
    try (AiOrchestrator ai = withFallback().budget(Budget.usd(1)).build()) {
      Answer answer = ai.ask(small("Hello?"));

      assertThat(answer.text()).isEqualTo("from the other one");
      assertThat(answer.receipt().attempts())
          .extracting(LedgerEntry::model, LedgerEntry::attempt, LedgerEntry::outcome)
          .containsExactly(
              tuple("openai/gpt-5-mini", 1, Outcome.FAILED),
              tuple("anthropic/claude-sonnet-4-6", 2, Outcome.SUCCEEDED));
      assertThat(answer.receipt().certainty()).isEqualTo(Certainty.ESTIMATED);
      assertThat(answer.receipt().describe())
          .contains("(strategy in order: after 1 that failed of 2 that could answer)")
          .contains("failed    openai:gpt-5-mini: ")
          .contains("2 attempts: failed ");
      assertThat(ai.costs().budgets().get(0).spent())
          .isEqualTo(answer.receipt().totalCost().orElseThrow());
      assertThat(ai.costs().budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    }
  }

  @Test
  void triesAgainWhatMayPassAndStopsAtTheLimitOfAttempts() {
    openai.fail(ErrorKind.SERVER).fail(ErrorKind.SERVER).fail(ErrorKind.SERVER);
    try (AiOrchestrator ai = builder().budget(Budget.usd(1)).build()) {
      assertThatThrownBy(() -> ai.ask(small("Hello?")))
          .isInstanceOf(AttemptsExhaustedException.class);

      assertThat(openai.calls()).hasSize(3);
      assertThat(ai.costs().recent(10)).hasSize(3);
      assertThat(ai.costs().budgets().get(0).spent()).isEqualTo(Usd.ZERO);
      assertThat(ai.costs().budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    }
  }

  @Test
  void saysOfEachModelWhyItFailed() {
    openai.fail(ErrorKind.AUTHENTICATION);
    anthropic.fail(ErrorKind.QUOTA_EXHAUSTED);
    try (AiOrchestrator ai = withFallback().build()) {
      assertThatThrownBy(() -> ai.ask(small("Hello?")))
          .isInstanceOfSatisfying(
              AllCandidatesFailedException.class,
              e ->
                  assertThat(e.errors())
                      .containsOnlyKeys("openai:gpt-5-mini", "anthropic:claude-sonnet-4-6"));
    }
  }

  @Test
  void aModelThatTheBudgetHasNoRoomForIsLeftForACheaperOne() {
    anthropic.answer("never asked");
    openai.answer("cheap", Usage.of(5, 1));
    try (AiOrchestrator ai =
        AiOrchestrator.builder()
            .time(clock)
            .model(anthropic.model("claude-sonnet-4-6"))
            .model(openai.model("gpt-5-mini"))
            .strategy(Strategy.inOrder())
            .budget(Budget.usd("0.001"))
            .build()) {
      Answer answer = ai.ask(Question.builder("Hello?").maxOutputTokens(200).build());

      assertThat(answer.text()).isEqualTo("cheap");
      assertThat(anthropic.calls()).isEmpty();
      assertThat(answer.receipt().attempts()).hasSize(1);
    }
  }

  @Test
  void aFurtherAttemptNeedsRoomInTheBudgetLikeTheFirst() {
    // One attempt fits; after one that is billed for nearly all of it, a second does not.
    openai.fail(
        ProviderException.builder(ErrorKind.NETWORK, "openai", "gpt-5-mini", "cut")
            .partial("word ".repeat(48), false)
            .mayBeBilled(true)
            .build());
    try (AiOrchestrator ai = builder().budget(Budget.usd("0.00012")).build()) {
      assertThatThrownBy(() -> ai.ask(small("Hello?")))
          .hasMessageContaining("would be exceeded: spent $0.0");
      assertThat(openai.calls()).hasSize(1);
      assertThat(ai.costs().budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    }
  }

  @Test
  void anUnknownPriceIsRefusedWhereThereIsABudget() {
    ScriptedProvider mystery = ScriptedProvider.named("mystery").answer("hm");
    try (AiOrchestrator ai =
        AiOrchestrator.builder().model(mystery.model("x")).budget(Budget.usd(1)).build()) {
      assertThatThrownBy(() -> ai.ask("Hello?")).isInstanceOf(UnknownCostException.class);
      assertThat(mystery.calls()).isEmpty();
    }
    try (AiOrchestrator ai = AiOrchestrator.builder().model(mystery.model("x")).build()) {
      Answer answer = ai.ask("Hello?");
      assertThat(answer.receipt().totalCost()).isEmpty();
      assertThat(answer.receipt().certainty()).isEqualTo(Certainty.UNKNOWN);
      assertThat(answer.receipt().describe()).contains("cost      unknown (unknown)");
    }
  }

  @Test
  void aWaitForTheLimitThatIsTooLongSendsTheCallToTheNextModel() {
    openai.answer("first").answer("third");
    anthropic.answer("second");
    LimitSettings onePerMinute =
        LimitSettings.of(
                Limits.of(Limit.of(Dimension.REQUESTS, 1, Duration.ofMinutes(1))).concurrency(2))
            .longestWait(Duration.ofSeconds(5));
    VirtualClock standing = VirtualClock.create();
    try (AiOrchestrator ai = withFallback().time(standing).limits(onePerMinute).build()) {
      assertThat(ai.ask(small("one")).text()).isEqualTo("first");
      assertThat(ai.ask(small("two")).text()).isEqualTo("second");
      assertThatThrownBy(() -> ai.ask(small("three")))
          .isInstanceOf(AllCandidatesFailedException.class);
      assertThat(ai.limits())
          .containsOnlyKeys(
              "openai", "openai:gpt-5-mini", "anthropic", "anthropic:claude-sonnet-4-6");
      assertThat(ai.limits().get("openai").inFlight()).isZero();
    }
    try (AiOrchestrator ai = builder().time(standing).limits(onePerMinute).build()) {
      ai.ask(small("one"));
      assertThatThrownBy(() -> ai.ask(small("two"))).isInstanceOf(RateLimitExceededException.class);
    }
  }

  @Test
  void aHedgeIsReservedBilledAndLoggedLikeAnyOther() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch hungUp = new CountDownLatch(1);
    ChatProvider silent = new SilentProvider("openai", asked, hungUp);
    // The hedge may be sent before the first call has reached its provider: it must not win then.
    ChatProvider quick =
        new SecondProvider(
            ScriptedProvider.named("anthropic").answer("quick", Usage.of(9, 1)), asked);
    try (AiOrchestrator ai =
        AiOrchestrator.builder()
            .model(silent.model("gpt-5-mini"))
            .model(quick.model("claude-sonnet-4-6"))
            .strategy(Strategy.inOrder())
            .budget(Budget.usd(1))
            .routing(router -> router.hedge(Hedge.after(Duration.ofMillis(1)).share(1)))
            .build()) {
      Answer answer = ai.ask(small("one"));

      assertThat(answer.text()).isEqualTo("quick");
      assertThat(hungUp.getCount()).isZero();
      assertThat(answer.receipt().attempts())
          .extracting(LedgerEntry::outcome)
          .containsExactlyInAnyOrder(Outcome.SUCCEEDED, Outcome.CANCELLED);
      assertThat(answer.receipt().decision().tried())
          .extracting(RoutingDecision.Tried::role)
          .containsExactly(RoutingDecision.Role.ANSWER, RoutingDecision.Role.HEDGE);
      assertThat(answer.receipt().decision().cost()).isEqualTo(answer.receipt().totalCost());
      assertThat(ai.costs().budgets())
          .allSatisfy(state -> assertThat(state.reserved()).isEqualTo(Usd.ZERO));
    }
  }

  /** Says nothing until it is hung up on; its input is on the bill. */
  private record SilentProvider(String name, CountDownLatch asked, CountDownLatch hungUp)
      implements ChatProvider {
    @Override
    public ChatResponse chat(ProviderCall call) {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("nobody counts it down");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        hungUp.countDown();
        throw ProviderException.builder(ErrorKind.CANCELLED, name, call.model(), "hung up on")
            .mayBeBilled(true)
            .partialUsage(Optional.of(Usage.of(11, 0)))
            .build();
      }
    }
  }

  /** Answers once another one was asked. */
  private record SecondProvider(ChatProvider provider, CountDownLatch first)
      implements ChatProvider {
    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public ChatResponse chat(ProviderCall call) {
      try {
        first.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the first one was never asked", e);
      }
      return provider.chat(call);
    }
  }

  @Test
  void aThrottlingProviderClosesTheWayToItForAsLongAsItAsks() {
    openai.fail(
        ProviderException.builder(ErrorKind.RATE_LIMITED, "openai", "gpt-5-mini", "slow down")
            .status(429)
            .retryAfter(Optional.of(Duration.ofMinutes(2)))
            .build());
    VirtualClock standing = VirtualClock.create();
    try (AiOrchestrator ai =
        builder()
            .time(standing)
            .retry(new RetrySettings(1, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build()) {
      assertThatThrownBy(() -> ai.ask(small("one"))).isInstanceOf(ProviderException.class);
      assertThatThrownBy(() -> ai.ask(small("two")))
          .isInstanceOfSatisfying(
              NoFeasibleModelException.class,
              e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(2)))
          .hasMessageContaining("openai:gpt-5-mini: it is left alone for another 120000 ms");
      assertThat(openai.calls()).hasSize(1);

      standing.advance(Duration.ofMinutes(2));
      assertThat(ai.ask(small("three")).text()).isEqualTo("three");
    }
  }

  @Test
  void whatNeverReachedTheProviderCountsAsNothing() {
    openai.fail(ProviderException.builder(ErrorKind.NETWORK, "openai", "m", "refused").build());
    openai.fail(
        ProviderException.builder(ErrorKind.INVALID_REQUEST, "openai", "m", "no")
            .status(400)
            .build());
    VirtualClock standing = VirtualClock.create();
    try (AiOrchestrator ai =
        builder()
            .time(standing)
            .limits(LimitSettings.perMinute(60, 60_000))
            .retry(new RetrySettings(1, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build()) {
      assertThatThrownBy(() -> ai.ask(small("one"))).isInstanceOf(ProviderException.class);
      long requests = ai.limits().get("openai").availableRequests().orElseThrow();
      assertThatThrownBy(() -> ai.ask(small("two"))).isInstanceOf(ProviderException.class);
      assertThat(ai.limits().get("openai").availableRequests()).hasValue(requests - 1);
      assertThat(ai.costs().total().known()).isEqualTo(Usd.ZERO);
    }
  }

  @Test
  void aConversationGoesAlongAndIsKept() {
    openai.answer("Hello Ada.").answer("Your name is Ada.");
    try (Store store = Store.inMemory()) {
      try (AiOrchestrator ai = builder().store(store).build()) {
        ai.session("s").ask("I am Ada.");
      }
      try (AiOrchestrator ai = builder().store(store).build()) {
        Conversation conversation = ai.session("s");
        assertThat(conversation.id()).isEqualTo("s");
        conversation.ask("Who am I?");

        assertThat(openai.calls().get(1).request().messages())
            .extracting(Message::text)
            .containsExactly("I am Ada.", "Hello Ada.", "Who am I?");
        assertThat(conversation.messages()).hasSize(4);
      }
    }
  }

  @Test
  void rulesComeFirstAndAreNotKept() {
    openai.answer("one").answer("two");
    try (AiOrchestrator ai = builder().build()) {
      ai.ask(
          Question.builder("first")
              .document("notes.txt", "some notes")
              .system("Be brief.")
              .session("s")
              .build());
      ai.ask(Question.builder("second").system("Be long.").session("s").build());

      assertThat(openai.calls().get(1).request().messages())
          .extracting(Message::text)
          .containsExactly(
              "Be long.",
              "first\n\n<document name=\"notes.txt\">\nsome notes\n</document>",
              "one",
              "second");
      assertThat(openai.calls().get(1).request().documents()).hasSize(1);
    }
  }

  @Test
  void streamsToAReaderAndToAListener() {
    openai.answer("one two").answer("three");
    try (AiOrchestrator ai = builder().build()) {
      List<StreamEvent> events = new ArrayList<>();
      try (ChatStream stream = ai.session("s").stream("Go on.")) {
        stream.forEach(events::add);
      }
      assertThat(events).hasSize(2);
      assertThat(events.get(0)).isEqualTo(new StreamEvent.TextDelta("one two"));
      assertThat(events.get(1)).isInstanceOf(StreamEvent.Finished.class);

      List<StreamEvent> told = new ArrayList<>();
      ai.ask(small("Again."), told::add);
      assertThat(told).hasSize(2);
      assertThat(told.get(1)).isInstanceOf(StreamEvent.Finished.class);
    }
  }

  @Test
  void aListenerThatFailsEndsTheCallAndWhatWasUsedIsBilled() {
    openai.answer("one two three");
    try (AiOrchestrator ai = builder().build()) {
      assertThatThrownBy(
              () ->
                  ai.ask(
                      small("Go."),
                      event -> {
                        throw new IllegalStateException("screen on fire");
                      }))
          .hasMessage("screen on fire");
      LedgerEntry entry = ai.costs().recent(1).get(0);
      assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(entry.certainty()).isEqualTo(Certainty.ESTIMATED);
    }
  }

  @Test
  @SuppressWarnings("try")
  void asksOnAThreadOfItsOwnWithTheContextOfTheCaller() {
    openai.answer("later");
    try (AiOrchestrator ai = builder().build();
        LogContext.Scope scope = LogContext.with("trace_id", "abc")) {
      assertThat(ai.askAsync(small("Go.")).join().receipt().traceId()).isEqualTo("abc");
    }
  }

  @Test
  void anInterruptEndsTheCallAndWhatWasReservedIsGivenBack() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ChatProvider stalled =
        new ChatProvider() {
          @Override
          public String name() {
            return "openai";
          }

          @Override
          public ChatResponse chat(ProviderCall call) {
            asked.countDown();
            try {
              new CountDownLatch(1).await();
              throw new AssertionError();
            } catch (InterruptedException e) {
              throw CancelledException.interrupted("waiting for an answer", e);
            }
          }
        };
    try (AiOrchestrator ai =
        AiOrchestrator.builder().model(stalled.model("gpt-5-mini")).budget(Budget.usd(1)).build()) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  ai.ask(small("Go."));
                } catch (RuntimeException e) {
                  failure.set(e);
                }
              });
      caller.start();
      asked.await();
      assertThat(ai.costs().budgets().get(0).reserved()).isGreaterThan(Usd.ZERO);
      caller.interrupt();
      caller.join();

      assertThat(failure.get()).isInstanceOf(CancelledException.class);
      LedgerEntry entry = ai.costs().recent(1).get(0);
      assertThat(entry.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(entry.certainty()).isEqualTo(Certainty.ESTIMATED);
      assertThat(ai.costs().budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
      assertThat(ai.costs().budgets().get(0).spent()).isEqualTo(entry.cost().orElseThrow());
    }
  }

  @Test
  void oneDeadlineCoversAllAttemptsAndWaits() {
    openai
        .delay(Duration.ofSeconds(20))
        .fail(ErrorKind.SERVER)
        .delay(Duration.ofSeconds(20))
        .fail(ErrorKind.SERVER);
    try (AiOrchestrator ai = builder().timeout(Duration.ofSeconds(30)).build()) {
      assertThatThrownBy(() -> ai.ask(small("Go.")))
          .isInstanceOfAny(AttemptsExhaustedException.class, DeadlineExceededException.class);
      assertThat(openai.calls()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void theServedModelIsBilledWhereTheCatalogKnowsIt() {
    ChatProvider swapping =
        new ChatProvider() {
          @Override
          public String name() {
            return "openai";
          }

          @Override
          public ChatResponse chat(ProviderCall call) {
            return ChatResponse.of("hi", "openai", "gpt-5-nano", Usage.of(1_000, 1_000));
          }
        };
    try (AiOrchestrator ai = AiOrchestrator.builder().model(swapping.model("gpt-5-mini")).build()) {
      assertThat(ai.ask(small("Go.")).receipt().attempts().get(0).model())
          .isEqualTo("openai/gpt-5-nano");
    }
  }

  @Test
  void runsABuiltInWorkflowOverAText() {
    String text =
        "The ledger keeps every attempt. Budgets are reserved before a call. Cats sleep a lot. "
            + "The ledger and the budgets lie in one store. A budget without room refuses a call.";
    try (AiOrchestrator ai =
        AiOrchestrator.builder().model(Extractive.create().model("extractive")).build()) {
      assertThat(ai.workflows()).containsExactly("key_points", "summarize");
      List<StreamEvent> told = new ArrayList<>();
      RunResult result =
          ai.run(
              "summarize",
              Map.of("text", text, "name", "notes", "session", "s", "local_only", true),
              Duration.ofMinutes(1),
              told::add);

      assertThat(result.text()).contains("ledger");
      assertThat(result.receipts()).hasSize(1);
      assertThat(result.receipts().get(0).totalCost()).contains(Usd.ZERO);
      assertThat(result.receipts().get(0).traceId()).isEqualTo(result.traceId());
      assertThat(result.receipts().get(0).task()).isEqualTo("summarize");
      assertThat(result.receipts().get(0).describe()).contains("session   s");
      assertThat(told).last().isInstanceOf(StreamEvent.Finished.class);
      assertThat(ai.session("s").messages()).hasSize(2);

      assertThat(
              ai.run(
                      "key_points",
                      Map.of("text", text, "model", "builtin:extractive", "max_output_tokens", 30),
                      Duration.ofMinutes(1))
                  .text())
          .isNotEmpty();
    }
  }

  @Test
  void runsAWorkflowOfOnesOwnAndGivesTheReceiptOfEveryQuestion() {
    openai.answer("a plan").answer("a text");
    try (AiOrchestrator ai =
        builder()
            .workflow(
                "write",
                asker ->
                    Workflow.define("write")
                        .step("plan", c -> asker.ask(small("Plan it.")).text())
                        .step(
                            "text",
                            List.of("plan"),
                            c -> asker.ask(small(c.output("plan", String.class))).text())
                        .build())
            .build()) {
      RunResult result = ai.run("write", Map.of(), Duration.ofMinutes(1));

      assertThat(result.text()).isEqualTo("a text");
      assertThat(result.receipts()).hasSize(2);
      assertThat(ai.costs().entriesOfTrace(result.traceId())).hasSize(2);
    }
  }

  @Test
  void saysWhichWorkflowsThereAre() {
    try (AiOrchestrator ai = builder().build()) {
      assertThatThrownBy(() -> ai.run("sumarize", Map.of(), Duration.ofMinutes(1)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("There is no workflow \"sumarize\". There are: key_points, summarize.");
      assertThatThrownBy(() -> ai.run("summarize", Map.of(), Duration.ofMinutes(1)))
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("There is no input \"text\"");
    }
  }

  @Test
  void saysOfEveryModelWhyItCantAnswer() {
    try (AiOrchestrator ai = builder().model(Extractive.create().model("extractive")).build()) {
      Question secret = Question.builder("Hello?").localOnly().build();
      RoutingDecision plan = ai.plan(secret);
      assertThat(plan.candidates()).isEmpty();
      assertThat(plan.refused()).hasSize(2);
      assertThatThrownBy(() -> ai.ask(secret))
          .isInstanceOf(NoFeasibleModelException.class)
          .hasMessageContaining("openai:gpt-5-mini: the request must stay on this machine")
          .hasMessageContaining("builtin:extractive: ");
      assertThat(ai.costs().total().attempts()).isZero();
    }
  }

  @Test
  void layersOfOnesOwnStandOutsideOfOurs() {
    openai.answer("first").answer("second");
    List<String> seen = new ArrayList<>();
    try (AiOrchestrator ai =
        builder()
            .around(
                chain -> {
                  seen.add("call");
                  return chain.proceed(chain.request());
                })
            .perCandidate(
                chain -> {
                  seen.add("candidate");
                  return chain.proceed(chain.request());
                })
            .build()) {
      ai.ask(small("Go."));
      assertThat(seen).containsExactly("call", "candidate");
      assertThat(ai.models()).hasSize(1);
      assertThat(ai.places().log()).isEqualTo("none of its own; events go to SLF4J");
    }
  }

  @Test
  void refusesQuestionsAndSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> Question.builder("").build())
        .hasMessage("A question needs a text or a document.");
    assertThatThrownBy(() -> Question.builder("q").session(" ").build())
        .hasMessage("A session needs a name that is not blank.");
    assertThatThrownBy(() -> Question.builder("q").timeout(Duration.ZERO).build())
        .hasMessage("A timeout must be positive, not PT0S");
    assertThatThrownBy(() -> new RetrySettings(0, Duration.ofMillis(1), Duration.ofMillis(1)))
        .hasMessage("At least one attempt, not 0");
    assertThatThrownBy(() -> new RetrySettings(1, Duration.ZERO, Duration.ofMillis(1)))
        .hasMessage("Waits must be positive, not PT0S and PT0.001S");
    assertThatThrownBy(() -> builder().budget(Budget.usd(1)).budget(Budget.usd(2)).build())
        .hasMessageContaining("There are two budgets");
  }
}
