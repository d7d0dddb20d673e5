package ai.powertools.cli;

import ai.powertools.cost.Budget;
import ai.powertools.cost.BudgetStatus;
import ai.powertools.cost.CostTracker;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how the budgets of the configuration stand, or one that is described. */
@Command(
    name = "budget",
    description = "How the budgets of powertools.yaml stand, or one that --usd describes.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "In the bars, # is spent, + is reserved for calls under way, and dots are left.",
      "What a call of unknown cost may have cost at most counts as spent. A budget for",
      "each value of an attribute has a row for each that has spent or holds something."
    })
final class CostBudgetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--check", description = "End with exit code 4 if a budget is used up.")
  private boolean check;

  @Option(names = "--json", description = "Print one JSON object for each budget and share.")
  private boolean json;

  @Mixin private AdHocBudget described = new AdHocBudget();
  @Mixin private LedgerOptions ledger = new LedgerOptions();

  CostBudgetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Budget> budgets;
    List<BudgetStatus> standing;
    try (LedgerFile file = ledger.open(terminal)) {
      budgets =
          described.budget(file.zone()).map(List::of).orElseGet(() -> ledger.budgets(terminal));
      standing = file.ask(budgets, CostTracker::budgets);
    }
    if (json) {
      standing.forEach(status -> terminal.out().print(BudgetsText.json(status) + "\n"));
    } else if (!standing.isEmpty()) {
      terminal.out().print(BudgetsText.table(standing));
    }
    terminal.out().flush();
    note(budgets, standing);
    List<String> usedUp =
        standing.stream().filter(BudgetsText::isUsedUp).map(BudgetStatus::label).toList();
    if (check && !usedUp.isEmpty()) {
      say("Used up: " + String.join("; ", usedUp) + ".");
      return ExitCode.REFUSED.code();
    }
    return ExitCode.OK.code();
  }

  /** What is not in the table. */
  private void note(List<Budget> budgets, List<BudgetStatus> standing) {
    if (budgets.isEmpty()) {
      say("No budget is set: budget or budgets in powertools.yaml say one, or --usd here.");
    }
    for (Budget budget : budgets) {
      if (standing.stream().noneMatch(status -> status.budget().equals(budget))) {
        say("Nothing is spent yet of \"%s\".".formatted(budget.label()));
      }
    }
  }

  private void say(String line) {
    terminal.err().println(Printable.line(line));
    terminal.err().flush();
  }
}
