package ai.powertools.cli;

import ai.powertools.core.PowerToolsException;
import ai.powertools.core.Threads;
import ai.powertools.cost.Budget;
import ai.powertools.cost.BudgetStatus;
import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.CostSettings;
import ai.powertools.router.ChatModel;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is configured, reachable and priced, and what to do about the rest. */
@Command(
    name = "doctor",
    description = "Check what is configured, reachable and priced, and say what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private CommonOptions options = new CommonOptions();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    line("java", Runtime.version() + ", virtual threads: " + (Threads.areVirtual() ? "yes" : "no"));
    line(
        "config",
        options
            .configFile(terminal)
            .map(Object::toString)
            .orElse("none; ./powertools.yaml would be read"));
    try (AiOrchestrator ai = options.open(terminal)) {
      return examine(ai).code();
    } catch (PowerToolsException e) {
      line("problem", String.valueOf(e.getMessage()));
      return ExitCode.CONFIGURATION.code();
    }
  }

  private ExitCode examine(AiOrchestrator ai) {
    line("log", ai.places().log());
    line("ledger", ai.places().ledger() + ", " + ai.costs().total());
    line("sessions", ai.places().sessions());
    budgets(ai.costs().budgets());
    return models(ai);
  }

  private void budgets(List<BudgetStatus> budgets) {
    List<Budget> untouched =
        CostSettings.of(options.configFile(terminal), terminal.environment()).budgets().stream()
            .filter(one -> budgets.stream().noneMatch(status -> status.budget().equals(one)))
            .toList();
    if (budgets.isEmpty() && untouched.isEmpty()) {
      line("budget", "none; --budget-usd, or budget or budgets in powertools.yaml, sets one");
    }
    for (BudgetStatus status : budgets) {
      line(
          "budget",
          "%s: spent %s and reserved %s of %s"
              .formatted(
                  status.label(),
                  status.spent().format(),
                  status.reserved().format(),
                  status.budget().limit().format()));
    }
    untouched.forEach(one -> line("budget", one.label() + ": nothing is spent yet"));
  }

  private ExitCode models(AiOrchestrator ai) {
    boolean anyToTalkTo = false;
    for (ChatModel model : ai.models()) {
      ModelCheck check = ModelCheck.of(model, ai.catalog());
      line("model", check.describe());
      anyToTalkTo |= check.canTalk();
    }
    if (anyToTalkTo) {
      line("next", "powertools ask \"…\"");
      return ExitCode.OK;
    }
    line(
        "next",
        "Only extracts from texts can be had so far (run summarize, ask --file)."
            + " Set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server, or start Ollama,"
            + " to ask a language model.");
    return ExitCode.OK;
  }

  private void line(String name, String value) {
    terminal.out().printf(Locale.ROOT, "%-10s%s%n", name, value);
  }
}
