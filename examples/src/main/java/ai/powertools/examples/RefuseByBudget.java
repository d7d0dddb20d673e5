package ai.powertools.examples;

import ai.powertools.cost.Attributes;
import ai.powertools.cost.Budget;
import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostEvent;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.Downgrade;
import ai.powertools.cost.Period;
import ai.powertools.models.Usage;
import java.util.Map;
import java.util.Optional;

/** Each user's money for a day: first the dear model, then a cheaper one, then a refusal. */
public final class RefuseByBudget {
  /** Which model takes the place of which. */
  private static final Map<String, String> CHEAPER =
      Map.of("openai/gpt-5.4", "gpt-5-mini", "openai/gpt-5-mini", "gpt-5-nano");

  private RefuseByBudget() {}

  public static void main(String[] arguments) {
    Budget daily =
        Budget.usd("0.05").per(Period.DAY).forEach(Attributes.USER).hardLimit().alertAt(50, 80);
    Downgrade cheaper =
        (attributes, refusal) ->
            attributes
                .get(Attributes.MODEL)
                .flatMap(model -> Optional.ofNullable(CHEAPER.get(model)));
    try (CostTracker tracker =
        CostTracker.builder()
            .budget(daily)
            .downgrade(cheaper)
            .listener(RefuseByBudget::tell)
            .build()) {
      for (int i = 0; i < 7; i++) {
        ask(tracker, "ada", 2_000);
      }
      ask(tracker, "bob", 2_000); // he has a budget of his own
      ask(tracker, "ada", 60_000); // an answer as long as that is too dear with any model

      System.out.println();
      tracker.budgets().forEach(System.out::println);
      tracker.alerts(10).forEach(a -> System.out.println(a.share() + ": " + a.percent() + " %"));
    }
  }

  private static void ask(CostTracker tracker, String user, int maxOutput) {
    try (CallSpan span =
        tracker.trackCall("chat").user(user).model("gpt-5.4").tokens(1_000, maxOutput).start()) {
      // … your client asks span.model() here, for at most maxOutput tokens …
      span.usage(Usage.of(1_000, 1_000));
      System.out.println(user + " asks " + span.model().id() + " for " + span.total());
    } catch (BudgetExceededException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void tell(CostEvent event) {
    if (event instanceof CostEvent.ThresholdReached alert) {
      System.out.printf(
          "alert: %s has spent %s, %d %% of %s%n",
          alert.share(), alert.spent().format(), alert.percent(), alert.budget().limit().format());
    } else if (event instanceof CostEvent.Downgraded instead) {
      System.out.println("no room for " + instead.refused() + ", " + instead.instead() + " has it");
    }
  }
}
