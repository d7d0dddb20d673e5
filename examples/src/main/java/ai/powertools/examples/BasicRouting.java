package ai.powertools.examples;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;

/** Two models, the cheaper one first; when it is down the other one answers, and both are seen. */
public final class BasicRouting {
  private BasicRouting() {}

  public static void main(String[] arguments) {
    // In their place: OpenAi.find(System.getenv()), Ollama.find(System.getenv()) …
    ScriptedProvider openai =
        ScriptedProvider.named("openai").answer("Rayleigh scattering.").fail(ErrorKind.OVERLOADED);
    ScriptedProvider anthropic = ScriptedProvider.named("anthropic").answer("Scattered sunlight.");

    LlmRouter router =
        LlmRouter.builder()
            .model(anthropic.model("claude-sonnet-4-6"))
            .model(openai.model("gpt-5-mini"))
            .strategy(Strategy.cheapest())
            .build();

    RoutedResponse first = router.route(ChatRequest.of("Why is the sky blue?"));
    System.out.println(first.text());
    System.out.println(first.decision().explain());

    RoutedResponse second = router.route(ChatRequest.of("And in the evening?"));
    System.out.println(second.text());
    System.out.println(second.decision().explain());
  }
}
