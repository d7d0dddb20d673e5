package ai.powertools.examples;

import ai.powertools.router.LlmRouter;
import ai.powertools.router.RoutingDecision;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Simulation;
import ai.powertools.router.Strategy;
import ai.powertools.router.Task;
import java.util.ArrayList;
import java.util.List;

/** Why this model; the same from a log, years later; and what another strategy would have cost. */
public final class ExplainARoute {
  private ExplainARoute() {}

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

    List<String> log = new ArrayList<>();
    for (double complexity : List.of(0.1, 0.3, 0.8)) {
      Task task = Task.of("A question that is so hard.").complexity(complexity);
      log.add(router.route(task.deny("*:gpt-5-nano")).decision().toJson());
    }

    List<RoutingDecision> records = log.stream().map(RoutingDecision::fromJson).toList();
    RoutingDecision last = records.get(2);
    System.out.println(last.explain());

    boolean same = router.replay(last).ranking().equals(last.ranking());
    System.out.println("decided again from its record, the order is the same: " + same);

    Simulation simulation = router.simulate(records, Strategy.cheapestAbove(0.8));
    System.out.println("with \"" + simulation.strategy() + "\":");
    System.out.println(
        "  cost    " + simulation.cost().format() + " -> " + simulation.otherCost().format());
    System.out.printf(
        "  quality %.2f -> %.2f, as expected%n", simulation.quality(), simulation.otherQuality());
    System.out.println("  calls   " + simulation.choices());
  }
}
