package ai.powertools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What was said before: looked at, kept safe, and thrown away. */
@Command(
    name = "session",
    description = "What is kept of conversations: look at it, back it up, restore it, prune it.",
    mixinStandardHelpOptions = true)
final class SessionCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its commands. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new SessionCommand())
        .addSubcommand(new SessionListCommand(terminal))
        .addSubcommand(new SessionShowCommand(terminal))
        .addSubcommand(new SessionExportCommand(terminal))
        .addSubcommand(new SessionBackupCommand(terminal))
        .addSubcommand(new SessionRestoreCommand(terminal))
        .addSubcommand(new SessionVerifyCommand(terminal))
        .addSubcommand(new SessionPruneCommand(terminal));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
