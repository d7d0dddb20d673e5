package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.core.CancelledException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Usage;
import ai.powertools.retry.FailedCall;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.kept.DeadLetter;
import ai.powertools.retry.kept.Driven;
import ai.powertools.retry.kept.LetterCounts;
import ai.powertools.retry.kept.LetterFilter;
import ai.powertools.retry.kept.LetterState;
import ai.powertools.retry.kept.RedriveSummary;
import ai.powertools.retry.report.AttemptSummary;
import ai.powertools.retry.report.ErrorEvent;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedQuestionsTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider openai = ScriptedProvider.named("openai", clock);
  private final ScriptedProvider anthropic = ScriptedProvider.named("anthropic", clock);
  private final Store store = Store.inMemory();
  private final List<FailedCall> told = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  private OrchestratorBuilder builder() {
    return AiOrchestrator.builder()
        .time(clock)
        .store(store)
        .model(openai.model("gpt-5-mini"))
        .retry(new RetrySettings(2, MILLI, MILLI))
        .onFailure(told::add);
  }

  private OrchestratorBuilder withFallback() {
    return builder().model(anthropic.model("claude-sonnet-4-6")).strategy(Strategy.inOrder());
  }

  private static Question small(String text) {
    return Question.builder(text).maxOutputTokens(50).build();
  }

  private static List<ErrorEvent> kept(AiOrchestrator ai) {
    List<ErrorEvent> events = new ArrayList<>();
    ai.errors().flush();
    ai.errors().forEach(Instant.EPOCH, events::add);
    return events;
  }

  @Test
  void keepsOfAModelThatAnotherAnsweredForThatItWasDegraded() {
    openai.fail(ErrorKind.AUTHENTICATION);
    anthropic.fail(ErrorKind.SERVER).answer("instead", Usage.of(10, 4));
    try (AiOrchestrator ai = withFallback().build()) {
      assertThat(ai.ask(small("Hello?")).text()).isEqualTo("instead");

      assertThat(kept(ai))
          .extracting(ErrorEvent::key, ErrorEvent::outcome, ErrorEvent::failures)
          .containsExactly(
              tuple("openai:gpt-5-mini", Outcome.DEGRADED, 1),
              tuple("anthropic:claude-sonnet-4-6", Outcome.RECOVERED, 1));
      assertThat(told)
          .extracting(FailedCall::outcome)
          .containsExactly(Outcome.DEGRADED, Outcome.RECOVERED);
      assertThat(ai.deadLetters().counts().total()).isZero();
    }
  }

  @Test
  void keepsNothingOfWhatWentWell() {
    openai.answer("fine", Usage.of(1, 1));
    try (AiOrchestrator ai = builder().deadLetters(true).build()) {
      assertThat(ai.ask(small("Hello?")).text()).isEqualTo("fine");
      assertThat(kept(ai)).isEmpty();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void keepsTheQuestionThatNoModelAnsweredAndAsksItAgain() {
    openai.fail(ErrorKind.SERVER).fail(ErrorKind.SERVER);
    anthropic.fail(ErrorKind.AUTHENTICATION);
    Question question = Question.builder("Who?").session("s").maxOutputTokens(50).build();
    try (AiOrchestrator ai = withFallback().deadLetters(true).build()) {
      assertThatThrownBy(() -> ai.ask(question)).isInstanceOf(PowerToolsException.class);

      assertThat(kept(ai))
          .extracting(ErrorEvent::key, ErrorEvent::outcome)
          .containsExactly(
              tuple("openai:gpt-5-mini", Outcome.FAILED),
              tuple("anthropic:claude-sonnet-4-6", Outcome.FAILED));
      DeadLetter letter = ai.deadLetters().list(LetterFilter.all()).get(0);
      assertThat(letter.task()).isEqualTo("ask:chat");
      assertThat(letter.key()).isEqualTo("anthropic:claude-sonnet-4-6");
      assertThat(letter.attempts()).extracting(AttemptSummary::number).containsExactly(1, 2, 3);
      assertThat(letter.payload()).contains("Who?");

      openai.answer("The baker.", Usage.of(10, 4));
      List<Driven> driven = new ArrayList<>();
      assertThat(ai.redrive(LetterFilter.all(), driven::add))
          .isEqualTo(new RedriveSummary(1, 0, 0, 0));
      assertThat(((Answer) driven.get(0).answer().orElseThrow()).text()).isEqualTo("The baker.");
      assertThat(ai.session("s").messages()).hasSize(2);
      assertThat(ai.deadLetters().list(LetterFilter.all().state(LetterState.DONE))).hasSize(1);
    }
  }

  @Test
  void whatFailsAgainStaysTheLetterThatItWas() {
    openai.fail(ErrorKind.AUTHENTICATION).fail(ErrorKind.QUOTA_EXHAUSTED);
    try (AiOrchestrator ai = builder().deadLetters(true).build()) {
      assertThatThrownBy(() -> ai.ask(small("Hello?"))).isInstanceOf(ProviderException.class);
      assertThat(ai.redrive(LetterFilter.all(), driven -> {}))
          .isEqualTo(new RedriveSummary(0, 1, 0, 0));

      assertThat(ai.deadLetters().counts()).isEqualTo(new LetterCounts(1, 0, 0, 0));
      assertThat(ai.deadLetters().list(LetterFilter.all()).get(0).redrives()).isEqualTo(1);
      assertThat(kept(ai)).hasSize(2);
    }
  }

  @Test
  void redactsWhatIsKeptOfAQuestion() {
    openai.fail(ErrorKind.AUTHENTICATION);
    try (AiOrchestrator ai = builder().deadLetters(text -> text.replace("Ada", "(name)")).build()) {
      assertThatThrownBy(() -> ai.ask(small("I am Ada."))).isInstanceOf(ProviderException.class);
      assertThat(ai.deadLetters().list(LetterFilter.all()).get(0).payload())
          .contains("I am (name).")
          .doesNotContain("Ada");
    }
  }

  @Test
  void keepsAQuestionThatNoModelWasAskedUnderNoKey() {
    try (AiOrchestrator ai =
        AiOrchestrator.builder().time(clock).store(store).onFailure(told::add).build()) {
      assertThatThrownBy(() -> ai.ask("Hello?")).isInstanceOf(PowerToolsException.class);
      assertThat(kept(ai)).extracting(ErrorEvent::key).containsExactly("");
      assertThat(kept(ai).get(0).type()).isEqualTo("NoFeasibleModelException");
    }
  }

  @Test
  void whatWasCalledOffIsNoFailure() {
    openai.answer("never", Usage.of(1, 1));
    try (AiOrchestrator ai = builder().deadLetters(true).build()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> ai.ask(small("Hello?"))).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(told).isEmpty();
      assertThat(ai.deadLetters().counts().total()).isZero();
    }
  }

  @Test
  void aListenerThatThrowsChangesNothing() {
    openai.fail(ErrorKind.AUTHENTICATION);
    try (AiOrchestrator ai =
        builder()
            .onFailure(
                call -> {
                  throw new IllegalStateException("broken");
                })
            .build()) {
      assertThatThrownBy(() -> ai.ask(small("Hello?"))).isInstanceOf(ProviderException.class);
      assertThat(told).hasSize(1);
    }
  }
}
