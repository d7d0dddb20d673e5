package ai.powertools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Questions that no model answered. */
@Command(
    name = "dead-letters",
    description =
        "The questions that no model answered, kept where the configuration says dead_letters: true.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its commands. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new DeadLettersListCommand(terminal))
        .addSubcommand(new DeadLettersShowCommand(terminal))
        .addSubcommand(new DeadLettersDiscardCommand(terminal));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
