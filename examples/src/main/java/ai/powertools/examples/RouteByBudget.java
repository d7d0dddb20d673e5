package ai.powertools.examples;

import ai.powertools.models.Usd;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.NoFeasibleModelException;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.Task;

/** The best model that a budget pays for; the budget also bounds how long the answer may be. */
public final class RouteByBudget {
  private RouteByBudget() {}

  public static void main(String[] arguments) {
    // In its place: OpenAi.fromEnv()
    ScriptedProvider openai = ScriptedProvider.named("openai");
    LlmRouter router =
        LlmRouter.builder()
            .model(openai.model("gpt-5.4"))
            .model(openai.model("gpt-5-mini"))
            .model(openai.model("gpt-5-nano"))
            .strategy(Strategy.best())
            .build();
    Task task = Task.of("Generate Python code for merging two sorted lists.").complexity(0.7);

    ask(router, task.budgetCents(10));
    ask(router, task.budget(Usd.of("0.002")));
    ask(router, task.budget(Usd.of("0.0005")));
    ask(router, task.budget(Usd.of("0.00001")));
  }

  private static void ask(LlmRouter router, Task task) {
    Usd budget = task.constraints().budget().orElseThrow();
    try {
      RoutedResponse answer = router.route(task);
      answer
          .decision()
          .chosen()
          .ifPresent(
              chosen ->
                  System.out.printf(
                      "%s: %s, at most %d tokens of answer, at most %s; it cost %s%n",
                      budget.format(),
                      chosen.label(),
                      chosen.tokens().maxOutput(),
                      chosen.worstCost().map(Usd::format).orElse("unknown"),
                      answer.decision().cost().map(Usd::format).orElse("unknown")));
    } catch (NoFeasibleModelException e) {
      System.out.println(budget.format() + ": nobody was asked. " + e.getMessage());
    }
  }
}
