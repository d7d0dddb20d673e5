package ai.powertools.examples;

import ai.powertools.core.Secret;
import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.Answer;
import ai.powertools.orchestrator.LimitSettings;
import ai.powertools.orchestrator.Question;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.providers.OpenAiCompatible;
import ai.powertools.testing.ProviderSimulator;
import java.time.Duration;

/** All layers over real HTTP: the first try is throttled, the second answers, the bill is right. */
public final class WholeCall {
  private WholeCall() {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start();
        AiOrchestrator ai =
            AiOrchestrator.builder()
                .model(
                    OpenAiCompatible
                        .builder() // for real: OpenAiCompatible.fromEnv(System.getenv())
                        .baseUrl(simulator.url())
                        .key(Secret.of("sk-of-the-simulator"))
                        .local(false)
                        .build()
                        .model("gpt-5-mini"))
                .costBudgetUsd(100)
                .limits(LimitSettings.perMinute(600, 1_000_000))
                .build()) {
      simulator.rateLimit(Duration.ofMillis(20)).answer("Rayleigh scattering.", 14, 5);

      Answer answer =
          ai.ask(
              Question.builder("Why is the sky blue?").maxOutputTokens(100).session("sky").build(),
              event -> {
                if (event instanceof StreamEvent.TextDelta delta) {
                  System.out.print(delta.text());
                }
              });
      System.out.println();
      System.out.println(answer.receipt().describe());
    }
  }
}
