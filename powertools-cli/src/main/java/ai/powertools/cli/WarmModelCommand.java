package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.router.local.LocalModels;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads a model before it is needed. */
@Command(
    name = "warm",
    description = "Load a model on your own server, and wait until it can answer.",
    mixinStandardHelpOptions = true)
final class WarmModelCommand implements Callable<Integer> {
  private static final double MILLIS = 1_000;

  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "A model of the list, as in qwen3:8b.")
  private String name = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long it may take in all; ${DEFAULT-VALUE} by default.")
  private int timeoutSeconds;

  @Option(
      names = "--keep",
      paramLabel = "SECONDS",
      description = "How long Ollama keeps it after its last call; as it was set up by default.")
  private @Nullable Integer keepSeconds;

  WarmModelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Deadline deadline = LocalServers.deadline(timeoutSeconds);
    Duration took = warm(LocalServers.of(terminal), deadline);
    double seconds = took.toMillis() / MILLIS;
    terminal
        .out()
        .print(String.format(Locale.ROOT, "%s is ready; it took %.1f s.%n", name, seconds));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private Duration warm(LocalModels local, Deadline deadline) {
    if (keepSeconds == null) {
      return local.warm(name, deadline);
    }
    if (keepSeconds < 1) {
      throw new ConfigurationException("--keep must be at least 1 second.");
    }
    return local.warm(name, Duration.ofSeconds(keepSeconds), deadline);
  }
}
