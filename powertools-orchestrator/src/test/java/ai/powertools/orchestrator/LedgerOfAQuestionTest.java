package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.cost.Attributes;
import ai.powertools.cost.Attribution;
import ai.powertools.cost.Budget;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Use;
import ai.powertools.models.Model;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the ledger knows of a question beside its tokens. */
class LedgerOfAQuestionTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider provider = ScriptedProvider.named("openai", clock);

  private static Question small(String text) {
    return Question.builder(text).maxOutputTokens(50).build();
  }

  @Test
  @SuppressWarnings("try") // the scope is there to be closed
  void knowsWhoAskedAlsoWhereItIsAnsweredOnAnotherThread() {
    provider.answer("one", Usage.of(10, 2)).answer("two", Usage.of(10, 2));
    try (AiOrchestrator ai =
        AiOrchestrator.builder().time(clock).model(provider.model("gpt-5-mini")).build()) {
      try (Attribution.Scope scope = Attribution.with("team", "search").and("user", "ada")) {
        assertThat(ai.ask(small("One?")).text()).isEqualTo("one");
        assertThat(ai.askAsync(small("Two?")).join().text()).isEqualTo("two");
      }

      assertThat(ai.costs().recent(10))
          .hasSize(2)
          .extracting(entry -> entry.attributes().asMap())
          .allSatisfy(
              attributes ->
                  assertThat(attributes)
                      .containsEntry("team", "search")
                      .containsEntry("user", "ada"));
    }
  }

  @Test
  void aConversationIsASessionWhateverItIsCalled() {
    provider.answer("one", Usage.of(10, 2)).answer("two", Usage.of(10, 2));
    try (AiOrchestrator ai =
        AiOrchestrator.builder()
            .time(clock)
            .model(provider.model("gpt-5-mini"))
            .budget(Budget.usd(1).forEach(Attributes.SESSION))
            .build()) {
      ai.ask(Question.builder("One?").maxOutputTokens(50).session("tour").build());
      ai.ask(Question.builder("Two?").maxOutputTokens(50).session("a\tb").build());

      assertThat(ai.costs().entriesOfSession("tour")).hasSize(1);
      assertThat(ai.costs().budgets())
          .extracting(status -> status.share())
          .containsExactly("session=a?b", "session=tour");
    }
  }

  @Test
  void aMachineOfOnesOwnIsBilledForItsTime() {
    provider.delay(Duration.ofSeconds(90)).answer("slow", Usage.of(10, 2));
    Model own = Model.local("openai", "own", 1_000);
    try (AiOrchestrator ai =
        AiOrchestrator.builder()
            .time(clock)
            .model(provider.model(own).perHour(Usd.of("3.60")))
            .budget(Budget.usd(10))
            .build()) {
      LedgerEntry entry = ai.ask(small("Hello?")).receipt().attempts().get(0);

      assertThat(entry.cost()).contains(Usd.of("0.09"));
      assertThat(entry.latency()).contains(Duration.ofSeconds(90));
      assertThat(entry.use()).isEqualTo(Use.USED);
      assertThat(ai.costs().budgets().get(0).spent()).isEqualTo(Usd.of("0.09"));
    }
  }
}
