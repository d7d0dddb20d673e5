package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.cost.Budget;
import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.BudgetStatus;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Outcome;
import ai.powertools.cost.Period;
import ai.powertools.logging.LogReader;
import ai.powertools.logging.LogRecord;
import ai.powertools.models.Certainty;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.ratelimit.LimiterState;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call over real HTTP through every floor, with what goes wrong on the way. */
class OneCallIT {
  private static final String QUESTION = "Why is the sky blue?";
  private static final String ANSWER = "Because of Rayleigh scattering.";

  @TempDir Path home;
  private final ProviderSimulator simulator = ProviderSimulator.start();
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  @AfterEach
  void stop() {
    simulator.close();
  }

  private OrchestratorBuilder builder() {
    return AiOrchestrator.builder()
        .home(home)
        .time(clock)
        .model(Simulated.model(simulator.url(), "gpt-5-mini"));
  }

  private static Question question() {
    return Question.builder(QUESTION).maxOutputTokens(100).session("sky").build();
  }

  @Test
  void comesThroughAThrottleAndACutStreamAndEveryBookAgrees() {
    simulator.rateLimit(Duration.ofSeconds(2)).cutAfter("").answer(ANSWER, 20, 8);
    StringBuilder streamed = new StringBuilder();
    Answer answer;
    try (AiOrchestrator ai =
        builder()
            .budget(Budget.usd(1))
            .limits(LimitSettings.perMinute(6_000, 10_000_000))
            .build()) {
      answer =
          ai.ask(
              question(),
              event -> {
                if (event instanceof StreamEvent.TextDelta delta) {
                  streamed.append(delta.text());
                }
              });

      assertThat(answer.text()).isEqualTo(ANSWER);
      assertThat(streamed).hasToString(ANSWER);
      assertThat(simulator.requests()).hasSize(3);
      assertThat(clock.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));

      // The ledger has every attempt.
      List<LedgerEntry> ledger = ai.costs().entriesOfTrace(answer.receipt().traceId());
      assertThat(ledger)
          .extracting(LedgerEntry::attempt, LedgerEntry::outcome, LedgerEntry::certainty)
          .containsExactly(
              tuple(1, Outcome.FAILED, Certainty.EXACT),
              tuple(2, Outcome.FAILED, Certainty.ESTIMATED),
              tuple(3, Outcome.SUCCEEDED, Certainty.EXACT));
      assertThat(ledger.get(0).cost()).contains(Usd.ZERO);
      assertThat(ledger.get(2).usage()).isEqualTo(Usage.of(20, 8));

      // The budget is settled to the last digit.
      BudgetStatus budget = ai.costs().budgets().get(0);
      assertThat(budget.reserved()).isEqualTo(Usd.ZERO);
      assertThat(budget.spent()).isEqualTo(answer.receipt().totalCost().orElseThrow());
      assertThat(budget.spent()).isEqualTo(sum(ledger));
      assertThat(ledger.get(2).cost()).contains(price(Usage.of(20, 8)));

      // The permits are back, and the tokens are what was used.
      LimiterState limiter = ai.limits().get("openai");
      assertThat(limiter.inFlight()).isZero();
      assertThat(limiter.waiting()).isZero();

      // The session has the exchange.
      assertThat(ai.session("sky").messages())
          .extracting(message -> message.role() + ": " + message.text())
          .containsExactly("USER: " + QUESTION, "ASSISTANT: " + ANSWER);
    }

    // The log joins on the trace id, and has neither key nor prompt.
    List<LogRecord> log =
        LogReader.read(home.resolve("powertools.log")).withTrace(answer.receipt().traceId());
    assertThat(log)
        .extracting(LogRecord::event)
        .containsExactly("attempt", "retry", "attempt", "retry", "attempt", "call");
    assertThat(read(home.resolve("powertools.log")))
        .doesNotContain(Simulated.KEY)
        .doesNotContain(QUESTION)
        .doesNotContain(ANSWER);

    // A second process sees it.
    try (JavaProcess other = JavaProcess.start(LookingProcess.class, home.toString(), "sky")) {
      assertThat(other.remainingLines())
          .containsExactly(
              "USER: " + QUESTION,
              "ASSISTANT: " + ANSWER,
              "attempts: 3",
              "spent: " + answer.receipt().totalCost().orElseThrow());
    }
  }

  @Test
  void theHeadersOfAnswersTellTheLimiterHowMuchThereIsAndWhatIsLeft() {
    simulator
        .withHeader("x-ratelimit-limit-requests", "500")
        .withHeader("x-ratelimit-remaining-requests", "3")
        .withHeader("x-ratelimit-reset-requests", "59.64s")
        .answer(ANSWER, 20, 8)
        .answer(ANSWER, 20, 8);
    try (AiOrchestrator ai = builder().limits(LimitSettings.perMinute(6_000, 600_000)).build()) {
      ai.ask(question());
      LimiterState model = ai.limits().get("openai:gpt-5-mini");
      assertThat(model.availableRequests()).hasValue(3);
      assertThat(model.levels())
          .extracting(level -> level.limit().toString())
          .containsExactly("500 requests per minute", "600000 tokens per minute");
      assertThat(ai.limits().get("openai").availableRequests()).hasValue(99);

      simulator.withHeader("x-ratelimit-remaining-requests", "1");
      ai.ask(question(), event -> {});
      assertThat(ai.limits().get("openai:gpt-5-mini").availableRequests()).hasValue(1);
      assertThat(ai.limits().get("openai").inFlight()).isZero();
    }
  }

  @Test
  void aStreamThatWasCutAfterItsFirstTextIsBilledAndNotRepeated() {
    simulator.cutAfter("Because of ").answer(ANSWER, 20, 8);
    List<String> streamed = new ArrayList<>();
    try (AiOrchestrator ai = builder().budget(Budget.usd(1)).build()) {
      assertThatThrownBy(
              () ->
                  ai.ask(
                      question(),
                      event -> {
                        if (event instanceof StreamEvent.TextDelta delta) {
                          streamed.add(delta.text());
                        }
                      }))
          .isInstanceOfSatisfying(
              ProviderException.class,
              error -> {
                assertThat(error.contentDelivered()).isTrue();
                assertThat(error.partialText()).isEqualTo("Because of ");
              });

      assertThat(String.join("", streamed)).isEqualTo("Because of ");
      assertThat(simulator.requests()).hasSize(1);
      LedgerEntry entry = ai.costs().recent(1).get(0);
      assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(entry.certainty()).isEqualTo(Certainty.ESTIMATED);
      assertThat(entry.usage().outputTokens()).isPositive();
      assertThat(ai.costs().budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
      assertThat(ai.session("sky").messages()).isEmpty();
    }
  }

  @Test
  void aBudgetOfOneCentRefusesWhatMightCostMoreBeforeAByteIsSent() {
    try (AiOrchestrator ai = builder().budget(Budget.usd("0.01").per(Period.MONTH)).build()) {
      Question dear = Question.builder(QUESTION).maxOutputTokens(20_000).build();

      assertThatThrownBy(() -> ai.ask(dear))
          .isInstanceOf(BudgetExceededException.class)
          .hasMessageMatching(
              "Budget \"all calls, monthly\" would be exceeded: spent \\$0(\\.00)? \\+ reserved"
                  + " \\$0(\\.00)? \\+ this call at most \\$0\\.04\\d* > \\$0\\.01\\. Raise it"
                  + " \\(its usd in powertools\\.yaml, --budget-usd\\), or lower"
                  + " maxOutputTokens, or route to a cheaper model"
                  + " \\([\\w.-]+: at most \\$0\\.0\\d+\\)\\.");
      assertThat(simulator.requests()).isEmpty();
      assertThat(ai.costs().total().attempts()).isZero();

      // What can't cost more is let through.
      simulator.answer(ANSWER, 20, 8);
      assertThat(ai.ask(question()).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aProcessKilledInMidCallLosesNothingThatWasAcknowledgedAndItsReservationLapses()
      throws Exception {
    simulator.answer(ANSWER, 20, 8).stall();
    try (JavaProcess asking =
        JavaProcess.start(AskingProcess.class, home.toString(), simulator.url().toString())) {
      asking.awaitLine("answered");
      simulator.awaitRequests(2);
      asking.kill();
    }

    // Right after the crash the reservation stands; the answered call is all there.
    try (AiOrchestrator ai = reopened(Duration.ZERO)) {
      BudgetStatus budget = ai.costs().budgets().get(0);
      assertThat(budget.reserved()).isGreaterThan(Usd.ZERO);
      assertThat(budget.spent()).isEqualTo(price(Usage.of(20, 8)));
      assertThat(ai.session("crash").messages()).hasSize(2);
    }
    // When its lease is over it has lapsed, and the ledger says that something may have been spent.
    try (AiOrchestrator ai = reopened(Duration.ofSeconds(31))) {
      BudgetStatus budget = ai.costs().budgets().get(0);
      assertThat(budget.reserved()).isEqualTo(Usd.ZERO);
      assertThat(budget.spent()).isEqualTo(price(Usage.of(20, 8)));
      LedgerEntry lost = ai.costs().recent(1).get(0);
      assertThat(lost.outcome()).isEqualTo(Outcome.LOST);
      assertThat(lost.cost()).isEmpty();
      assertThat(lost.atMost().orElseThrow()).isGreaterThan(Usd.ZERO);
      assertThat(ai.session("crash").messages()).hasSize(2);
    }
  }

  private AiOrchestrator reopened(Duration later) {
    return AskingProcess.budgeted(home, simulator.url().toString())
        .time(VirtualClock.at(Instant.now().plus(later)))
        .build();
  }

  private static Usd price(Usage usage) {
    ModelCatalog catalog = ModelCatalog.bundled();
    return catalog.pricing().cost(catalog.require("gpt-5-mini"), usage).total().orElseThrow();
  }

  private static Usd sum(List<LedgerEntry> entries) {
    Usd sum = Usd.ZERO;
    for (LedgerEntry entry : entries) {
      sum = sum.plus(entry.cost().orElseThrow());
    }
    return sum;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
