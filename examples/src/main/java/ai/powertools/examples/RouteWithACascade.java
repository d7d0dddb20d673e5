package ai.powertools.examples;

import ai.powertools.models.Usd;
import ai.powertools.router.AnswerCheck;
import ai.powertools.router.Cascade;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.RoutingDecision;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.Task;

/**
 * A cheap model first; only when its answer fails the check, a better one. Both are on the bill.
 */
public final class RouteWithACascade {
  private RouteWithACascade() {}

  public static void main(String[] arguments) {
    // In their place: OpenAi.fromEnv(), Anthropic.fromEnv()
    ScriptedProvider openai =
        ScriptedProvider.named("openai")
            .answer("{\"city\":\"Paris\",\"people\":2}")
            .answer("I think they want to go to Rome, perhaps with a dog?");
    ScriptedProvider anthropic =
        ScriptedProvider.named("anthropic").answer("{\"city\":\"Rome\",\"people\":3}");

    LlmRouter router =
        LlmRouter.builder()
            .model(openai.model("gpt-5-nano"))
            .model(anthropic.model("claude-sonnet-4-6"))
            .strategy(Strategy.cheapest())
            .cascade(Cascade.checkedBy(AnswerCheck.complete().and(AnswerCheck.jsonObject())))
            .build();

    show(router.route(Task.of("City and people as JSON: two of us to Paris").kind("extract")));
    show(router.route(Task.of("City and people as JSON: we three and the dog, Rome")));
  }

  private static void show(RoutedResponse answer) {
    System.out.println(answer.text());
    for (RoutingDecision.Tried tried : answer.decision().tried()) {
      System.out.printf(
          "  asked %s: %s%n", tried.label(), tried.cost().map(Usd::format).orElse("unknown"));
    }
    answer.decision().notes().forEach(note -> System.out.println("  " + note));
    System.out.println("  together " + answer.decision().cost().map(Usd::format).orElse("unknown"));
  }
}
