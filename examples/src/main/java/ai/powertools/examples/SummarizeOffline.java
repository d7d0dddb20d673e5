package ai.powertools.examples;

import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.RunResult;
import ai.powertools.router.extractive.Extractive;
import java.time.Duration;
import java.util.Map;

/** A workflow with no model, no key and no server: sentences quoted from the text, exactly $0. */
public final class SummarizeOffline {
  private static final String TEXT =
      """
      A ledger keeps every attempt of every call. Budgets are reserved before a call is made, so that
      two calls at once can't spend the same dollar. What a call did not use goes back to its budget.
      The coffee machine is on the third floor. A budget without room refuses a call before anything
      is sent. The ledger and the budgets lie in one store, and change together or not at all.
      """;

  private SummarizeOffline() {}

  public static void main(String[] arguments) {
    try (AiOrchestrator ai =
        AiOrchestrator.builder().model(Extractive.create().model("extractive")).build()) {
      RunResult result = ai.run("summarize", Map.of("text", TEXT), Duration.ofMinutes(1));
      System.out.println(result.text());
      System.out.println(result.receipts().get(0).describe());
    }
  }
}
