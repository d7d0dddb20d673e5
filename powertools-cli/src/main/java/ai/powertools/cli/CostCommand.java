package ai.powertools.cli;

import ai.powertools.models.UsageReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** What calls cost: those that were made, and those that might be. */
@Command(
    name = "cost",
    description = "What calls cost and will cost, and how budgets stand. Nothing is sent anywhere.",
    mixinStandardHelpOptions = true)
final class CostCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its commands. */
  static CommandLine line(Terminal terminal) {
    CommandLine price = new CommandLine(new CostPriceCommand(terminal));
    UsageMessageSpec help = price.getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(help.footer()));
    footer.add("");
    footer.add("Each provider/api that can be read: " + String.join(", ", UsageReader.known()));
    help.footer(footer.toArray(String[]::new));
    return new CommandLine(new CostCommand())
        .addSubcommand(price)
        .addSubcommand(new CostEstimateCommand(terminal))
        .addSubcommand(new CostReportCommand(terminal))
        .addSubcommand(new CostForecastCommand(terminal))
        .addSubcommand(new CostBudgetCommand(terminal))
        .addSubcommand(new CostExportCommand(terminal));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
