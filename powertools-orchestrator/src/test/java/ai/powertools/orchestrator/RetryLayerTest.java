package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Usage;
import ai.powertools.retry.AttemptsExhaustedException;
import ai.powertools.retry.BreakerState;
import ai.powertools.retry.CircuitOpenException;
import ai.powertools.router.Cooldown;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryLayerTest {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final BreakerSettings TOUCHY =
      new BreakerSettings(true, 1, 2, 2, Duration.ofSeconds(30));

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider openai = ScriptedProvider.named("openai", clock);
  private final ScriptedProvider anthropic = ScriptedProvider.named("anthropic", clock);

  private OrchestratorBuilder builder() {
    return AiOrchestrator.builder()
        .time(clock)
        .model(openai.model("gpt-5-mini"))
        // Nothing but the breaker leaves a model alone here.
        .routing(router -> router.cooldown(new Cooldown(1_000, MILLI, 1, MILLI, MILLI)))
        .retry(new RetrySettings(1, MILLI, MILLI));
  }

  private static Question small() {
    return Question.builder("Hello?").maxOutputTokens(50).build();
  }

  @Test
  void anOpenCircuitSendsTheQuestionToTheNextModelUntilTheFirstAnswersAgain() {
    openai.fail(ErrorKind.SERVER).fail(ErrorKind.SERVER).answer("back", Usage.of(1, 1));
    anthropic
        .answer("one", Usage.of(1, 1))
        .answer("two", Usage.of(1, 1))
        .answer("three", Usage.of(1, 1));
    try (AiOrchestrator ai =
        builder()
            .model(anthropic.model("claude-sonnet-4-6"))
            .strategy(Strategy.inOrder())
            .breaker(TOUCHY)
            .build()) {
      assertThat(ai.ask(small()).text()).isEqualTo("one");
      assertThat(ai.ask(small()).text()).isEqualTo("two");
      assertThat(ai.circuits()).containsEntry("openai:gpt-5-mini", BreakerState.OPEN);

      assertThat(ai.ask(small()).text()).isEqualTo("three");
      assertThat(openai.calls()).as("the third was not sent").hasSize(2);

      clock.advance(Duration.ofSeconds(31));
      assertThat(ai.ask(small()).text()).isEqualTo("back");
    }
  }

  @Test
  void withoutAnotherModelTheCallerIsToldOfTheCircuit() {
    openai.fail(ErrorKind.SERVER).fail(ErrorKind.SERVER);
    try (AiOrchestrator ai = builder().breaker(TOUCHY).build()) {
      assertThatThrownBy(() -> ai.ask(small())).isInstanceOf(ProviderException.class);
      assertThatThrownBy(() -> ai.ask(small())).isInstanceOf(ProviderException.class);
      assertThatThrownBy(() -> ai.ask(small()))
          .isInstanceOf(CircuitOpenException.class)
          .hasMessageContaining("The circuit breaker of openai:gpt-5-mini is open");
      assertThat(openai.calls()).hasSize(2);
    }
  }

  @Test
  void aRefusalOpensNoCircuitAndNoneOpensWithoutBreakers() {
    for (int i = 0; i < 3; i++) {
      openai.fail(ErrorKind.INVALID_REQUEST);
    }
    try (AiOrchestrator ai = builder().breaker(TOUCHY).build()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> ai.ask(small())).isInstanceOf(ProviderException.class);
      }
      assertThat(ai.circuits()).containsEntry("openai:gpt-5-mini", BreakerState.CLOSED);
    }
    for (int i = 0; i < 8; i++) {
      openai.fail(ErrorKind.SERVER);
    }
    try (AiOrchestrator ai = builder().breaker(BreakerSettings.OFF).build()) {
      for (int i = 0; i < 8; i++) {
        assertThatThrownBy(() -> ai.ask(small())).isInstanceOf(ProviderException.class);
      }
      assertThat(ai.circuits()).isEmpty();
    }
  }

  @Test
  void retriesStayWithinTheirBudget() {
    int calls = 40;
    for (int i = 0; i < 3 * calls; i++) {
      openai.fail(ErrorKind.SERVER);
    }
    RetrySettings thrifty = new RetrySettings(3, Duration.ofNanos(1), Duration.ofNanos(1), 0.1);
    try (AiOrchestrator ai = builder().breaker(BreakerSettings.OFF).retry(thrifty).build()) {
      for (int i = 0; i < calls; i++) {
        assertThatThrownBy(() -> ai.ask(small())).isInstanceOf(AttemptsExhaustedException.class);
      }
    }
    // A reserve of 10, a tenth of a retry for each call, and a few for the time that passes.
    assertThat(openai.calls().size() - calls).isBetween(10, 10 + calls / 10 + 2);

    RetrySettings any = new RetrySettings(3, Duration.ofNanos(1), Duration.ofNanos(1), 0);
    int before = openai.calls().size();
    try (AiOrchestrator ai = builder().breaker(BreakerSettings.OFF).retry(any).build()) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> ai.ask(small())).isInstanceOf(AttemptsExhaustedException.class);
      }
    }
    assertThat(openai.calls().size() - before).isEqualTo(60);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new RetrySettings(1, MILLI, MILLI, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BreakerSettings(true, 0, 1, 1, MILLI))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BreakerSettings(true, 1, 0, 1, MILLI))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BreakerSettings(true, 1, 1, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
