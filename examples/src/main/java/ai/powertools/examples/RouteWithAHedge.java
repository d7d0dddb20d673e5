package ai.powertools.examples;

import ai.powertools.router.Hedge;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.RouterEvent;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.Task;
import java.time.Duration;

/** The first model is slow, so a second one is asked as well; the first is hung up on. */
public final class RouteWithAHedge {
  private RouteWithAHedge() {}

  public static void main(String[] arguments) {
    // In their place: two vendors, or two regions of one. The first would take half a minute.
    ScriptedProvider slow =
        ScriptedProvider.named("openai").delay(Duration.ofSeconds(30)).answer("At last.");
    ScriptedProvider quick = ScriptedProvider.named("anthropic").answer("Rayleigh scattering.");

    LlmRouter router =
        LlmRouter.builder()
            .model(slow.model("gpt-5-mini"))
            .model(quick.model("claude-haiku-4-5"))
            .strategy(Strategy.inOrder())
            .hedge(Hedge.after(Duration.ofMillis(20)).share(0.1))
            .listener(
                event -> {
                  if (event instanceof RouterEvent.Hedged hedged) {
                    System.out.println(hedged.first() + " is slow, asking " + hedged.second());
                  }
                })
            .build();

    RoutedResponse answer = router.route(Task.of("Why is the sky blue?"));
    System.out.println(answer.text());
    System.out.println(answer.decision().explain());
  }
}
