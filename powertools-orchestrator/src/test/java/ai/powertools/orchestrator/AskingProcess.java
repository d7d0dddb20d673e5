package ai.powertools.orchestrator;

import ai.powertools.cost.Budget;
import java.net.URI;
import java.nio.file.Path;

/** Another process: asks once and says so, then asks again and is killed meanwhile. */
final class AskingProcess {
  private AskingProcess() {}

  static OrchestratorBuilder budgeted(Path home, String url) {
    return AiOrchestrator.builder()
        .home(home)
        .withoutLogFile()
        .budget(Budget.usd(1))
        .model(Simulated.model(URI.create(url), "gpt-5-mini"));
  }

  public static void main(String[] arguments) {
    try (AiOrchestrator ai = budgeted(Path.of(arguments[0]), arguments[1]).build()) {
      Question question = Question.builder("Why?").maxOutputTokens(100).session("crash").build();
      ai.ask(question);
      System.out.println("answered");
      ai.ask(question);
      System.out.println("answered again");
    }
  }
}
