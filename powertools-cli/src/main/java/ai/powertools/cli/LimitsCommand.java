package ai.powertools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What providers let through, and what that does to a load. */
@Command(
    name = "limits",
    description = "What providers let through, and what that does to a load. Nothing is sent.",
    mixinStandardHelpOptions = true)
final class LimitsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its commands. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new LimitsCommand())
        .addSubcommand(new LimitsShowCommand(terminal))
        .addSubcommand(new LimitsSimulateCommand(terminal))
        .addSubcommand(new LimitsForecastCommand(terminal));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
