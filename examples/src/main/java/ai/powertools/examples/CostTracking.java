package ai.powertools.examples;

import ai.powertools.cost.Budget;
import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.Period;
import ai.powertools.models.Usage;

/**
 * The bill of a client of one's own, kept within a budget: reserved before, settled after, and the
 * month in a few lines.
 */
public final class CostTracking {
  private CostTracking() {}

  public static void main(String[] arguments) {
    // CostTracker.builder().at(Path.of("costs.db")) keeps it, for all processes of the machine.
    try (CostTracker tracker =
        CostTracker.builder()
            .budget(Budget.usd("0.01").per(Period.DAY).hardLimit().alertAt(50, 80, 95))
            .build()) {
      try (CallSpan span =
          tracker
              .trackCall("code_gen")
              .user("ada")
              .model("gpt-5-mini")
              .tokens(1_500, 2_000)
              .start()) {
        // … your client makes the call here, and says what was used …
        span.usage(Usage.of(1_200, 350));
        System.out.println("cost: " + span.total());
      }
      System.out.println(tracker.budgets());

      try (CallSpan span =
          tracker.trackCall("essay").model("claude-sonnet-4-6").tokens(1_000, 60_000).start()) {
        System.out.println("not reached: " + span.callId());
      } catch (BudgetExceededException e) {
        System.out.println(e.getMessage());
      }
      System.out.println();
      System.out.println(tracker.monthlyReport().describe());
    }
  }
}
