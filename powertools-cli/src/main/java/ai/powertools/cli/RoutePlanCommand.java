package ai.powertools.cli;

import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.Question;
import ai.powertools.router.RoutingDecision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says who would answer a question, and why, without asking anybody. */
@Command(
    name = "plan",
    description = "Who would answer a question, who could not, and why. Nobody is asked.",
    mixinStandardHelpOptions = true)
final class RoutePlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "QUESTION", description = "What would be asked.")
  private String question = "";

  @Mixin private CommonOptions options = new CommonOptions();

  RoutePlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  @SuppressWarnings("try") // the verbosity is there to be closed
  public Integer call() {
    Question.Builder builder = Question.builder(question);
    options.session().ifPresent(builder::session);
    options.model().ifPresent(builder::model);
    options.maxOutputTokens().ifPresent(builder::maxOutputTokens);
    if (options.localOnly()) {
      builder.localOnly();
    }
    try (Verbosity verbosity = Verbosity.of(options, terminal);
        AiOrchestrator ai = options.open(terminal)) {
      RoutingDecision plan = ai.plan(builder.build());
      if (options.json()) {
        terminal.out().println(plan.toJson());
      } else {
        plan.explain()
            .lines()
            .filter(line -> !line.startsWith("chosen: "))
            .forEach(terminal.out()::println);
        terminal.out().println("first: " + plan.first().map(offer -> offer.label()).orElse("none"));
      }
      return plan.first().isPresent() ? ExitCode.OK.code() : ExitCode.REFUSED.code();
    }
  }
}
