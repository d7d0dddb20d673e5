package ai.powertools.orchestrator;

import java.nio.file.Path;

/** Another process: prints what a session and the ledger of a home have. */
final class LookingProcess {
  private LookingProcess() {}

  public static void main(String[] arguments) {
    try (AiOrchestrator ai =
        AiOrchestrator.builder().home(Path.of(arguments[0])).withoutLogFile().build()) {
      ai.session(arguments[1])
          .messages()
          .forEach(message -> System.out.println(message.role() + ": " + message.text()));
      System.out.println("attempts: " + ai.costs().total().attempts());
      System.out.println("spent: " + ai.costs().total().known());
    }
  }
}
