package ai.powertools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What went wrong: looked at, and made good. */
@Command(
    name = "errors",
    description = "What went wrong, and the questions that can be asked again.",
    mixinStandardHelpOptions = true)
final class ErrorsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its commands. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new ErrorsCommand())
        .addSubcommand(new ErrorsReportCommand(terminal))
        .addSubcommand(DeadLettersCommand.line(terminal))
        .addSubcommand(new RedriveCommand(terminal));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
