package ai.powertools.cli;

import ai.powertools.cost.Budget;
import ai.powertools.cost.Exhaustion;
import ai.powertools.cost.Forecast;
import ai.powertools.cost.Period;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what the month under way will have cost at its end. */
@Command(
    name = "forecast",
    description = "What this month will have cost at its end, if spending goes on as it did.",
    mixinStandardHelpOptions = true)
final class CostForecastCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--budget",
      paramLabel = "DOLLARS",
      description = "Say as well when so much will be used up this month.")
  private @Nullable String budget;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private LedgerOptions ledger = new LedgerOptions();

  CostForecastCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Budget> ever =
        Optional.ofNullable(budget).map(dollars -> AdHocBudget.ofDollars("--budget", dollars));
    try (LedgerFile file = ledger.open(terminal)) {
      Optional<Budget> limit = ever.map(of -> of.per(Period.MONTH).in(file.zone()));
      Outlook outlook =
          file.ask(
              limit.stream().toList(),
              costs ->
                  new Outlook(
                      costs.forecast(),
                      limit.map(of -> new Limited(of, costs.exhaustion(of.name())))));
      terminal.out().print(json ? outlook.json() : outlook.text());
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  /** A budget, and when it is used up. */
  private record Limited(Budget budget, Exhaustion end) {}

  private record Outlook(Forecast forecast, Optional<Limited> limited) {
    String json() {
      ForecastJson json = new ForecastJson(forecast);
      limited.ifPresent(one -> json.budget(one.budget, one.end));
      return json.toString();
    }

    String text() {
      return forecast.describe()
          + "\n"
          + limited
              .map(one -> "budget: %s %s\n".formatted(one.budget.limit().format(), one.end))
              .orElse("");
    }
  }
}
