package ai.powertools.cli;

import ai.powertools.core.Deadline;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a model to an Ollama. */
@Command(
    name = "pull",
    description = "Fetch a model to your own Ollama, and wait until it is there.",
    mixinStandardHelpOptions = true)
final class PullModelCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "A model of Ollama's library, as in qwen3:8b.")
  private String name = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long it may take in all; as long as it takes by default.")
  private @Nullable Integer timeoutSeconds;

  PullModelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Deadline deadline =
        timeoutSeconds == null ? Deadline.never() : LocalServers.deadline(timeoutSeconds);
    ProgressLine line = new ProgressLine(terminal.err());
    try {
      LocalServers.of(terminal).pull(name, line, deadline);
    } finally {
      line.end();
    }
    return ExitCode.OK.code();
  }
}
