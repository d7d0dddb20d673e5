package ai.powertools.cli;

import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.RunResult;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a workflow over a text. */
@Command(
    name = "run",
    description = "Run a workflow over a text: summarize or key_points.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "WORKFLOW", description = "summarize or key_points.")
  private String workflow = "";

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      required = true,
      description = "The text; - for what is piped in.")
  private @Nullable String input;

  @Mixin private CommonOptions options = new CommonOptions();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  @SuppressWarnings("try") // the verbosity is there to be closed
  public Integer call() {
    String file = input == null ? "-" : input;
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("text", Documents.read(file, terminal));
    inputs.put("name", file.equals("-") ? "standard input" : file);
    inputs.put("session", options.session().orElseGet(NewSession::id));
    options.model().ifPresent(model -> inputs.put("model", model));
    options.maxOutputTokens().ifPresent(tokens -> inputs.put("max_output_tokens", tokens));
    inputs.put("local_only", options.localOnly());
    Reporter reporter = new Reporter(terminal, options);
    try (Verbosity verbosity = Verbosity.of(options, terminal);
        AiOrchestrator ai = options.open(terminal)) {
      RunResult result = ai.run(workflow, inputs, options.timeout(), reporter.listener());
      reporter.done(result.text(), result.receipts());
      return ExitCode.OK.code();
    } finally {
      reporter.end();
    }
  }
}
