package ai.powertools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How prompts are dealt out between models. */
@Command(
    name = "route",
    description = "How prompts are dealt out between models. Nothing is sent anywhere.",
    mixinStandardHelpOptions = true)
final class RouteCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its commands. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new RouteCommand())
        .addSubcommand(new RoutePlanCommand(terminal))
        .addSubcommand(new RouteEvalCommand(terminal));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
