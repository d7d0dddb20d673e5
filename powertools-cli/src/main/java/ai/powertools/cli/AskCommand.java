package ai.powertools.cli;

import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.Answer;
import ai.powertools.orchestrator.Question;
import ai.powertools.router.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks one question, about a text or not, within a conversation. */
@Command(
    name = "ask",
    description = "Ask a model. With --file, about a text; with --session, within a conversation.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "QUESTION", description = "What to ask.")
  private String question = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A text that the question is about; - for what is piped in. May be repeated.")
  private List<String> files = new ArrayList<>();

  @Mixin private CommonOptions options = new CommonOptions();

  AskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  @SuppressWarnings("try") // the verbosity is there to be closed
  public Integer call() {
    Question.Builder builder =
        Question.builder(question)
            .task(files.isEmpty() ? ChatRequest.CHAT : "answer")
            .timeout(options.timeout())
            .session(options.session().orElseGet(NewSession::id));
    for (String file : files) {
      builder.document(file.equals("-") ? "standard input" : file, Documents.read(file, terminal));
    }
    options.model().ifPresent(builder::model);
    options.maxOutputTokens().ifPresent(builder::maxOutputTokens);
    if (options.localOnly()) {
      builder.localOnly();
    }
    Reporter reporter = new Reporter(terminal, options);
    try (Verbosity verbosity = Verbosity.of(options, terminal);
        AiOrchestrator ai = options.open(terminal)) {
      Answer answer = ai.ask(builder.build(), reporter.listener());
      reporter.done(answer.text(), List.of(answer.receipt()));
      return ExitCode.OK.code();
    } finally {
      reporter.end();
    }
  }
}
