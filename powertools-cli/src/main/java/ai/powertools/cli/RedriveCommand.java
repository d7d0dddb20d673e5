package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.Answer;
import ai.powertools.retry.kept.DeadLetter;
import ai.powertools.retry.kept.DeadLetters;
import ai.powertools.retry.kept.Driven;
import ai.powertools.retry.kept.LetterFilter;
import ai.powertools.retry.kept.LetterState;
import ai.powertools.retry.kept.RedriveSummary;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks questions again that no model answered. */
@Command(
    name = "redrive",
    description = "Asks questions again that no model answered, and prints each answer.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each is asked with the time that it was given at first. One that fails again waits for",
      "the next time; after five times it is given up, and asked only by its ID.",
      "Exit code 5 if any failed again."
    })
final class RedriveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "The numbers of dead letters.")
  private List<Long> ids = new ArrayList<>();

  @Option(names = "--all", description = "All that wait.")
  private boolean all;

  @Option(names = "--max", paramLabel = "N", description = "At most so many, the oldest first.")
  private @Nullable Integer max;

  @Option(names = "--dry-run", description = "Only list what would be asked.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object for each.")
  private boolean json;

  @Mixin private TaskOption task = new TaskOption();
  @Mixin private HomeOptions home = new HomeOptions();

  RedriveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LetterFilter filter = filter();
    try (KeptFile file = home.open(terminal)) { // says what is missing before a model is looked for
      DeadLetters letters = file.letters();
      ids.forEach(id -> KeptFile.letter(letters, id));
      if (dryRun) {
        return list(letters.list(ids.isEmpty() ? filter.state(LetterState.WAITING) : filter));
      }
    }
    try (AiOrchestrator ai = home.orchestrator(terminal)) {
      RedriveSummary summary = ai.redrive(filter, this::print);
      terminal.out().flush();
      terminal.err().println(summary.describe());
      terminal.err().flush();
      boolean failed = summary.failedAgain() + summary.givenUp() > 0;
      return (failed ? ExitCode.PROVIDER : ExitCode.OK).code();
    }
  }

  private LetterFilter filter() {
    boolean some = all || task.isGiven();
    if (ids.isEmpty() != some) {
      throw new ConfigurationException(
          "Say which dead letters to ask again: their IDs, or --all, or --task.");
    }
    LetterFilter filter = ids.isEmpty() ? task.of(LetterFilter.all()) : LetterFilter.ids(ids);
    return max == null ? filter : filter.limit(TaskOption.atLeastOne("--max", max));
  }

  private int list(List<DeadLetter> letters) {
    List<DeadLetter> asked =
        letters.stream().filter(letter -> !letter.cut() && isAsked(letter.state())).toList();
    if (json) {
      asked.forEach(letter -> terminal.out().print(LetterJson.of(letter) + "\n"));
    } else if (asked.isEmpty()) {
      terminal.err().println("There is nothing to ask again.");
    } else {
      terminal.out().print(DeadLettersListCommand.table(asked));
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private boolean isAsked(LetterState state) {
    return state == LetterState.WAITING || (state == LetterState.GIVEN_UP && !ids.isEmpty());
  }

  private void print(Driven driven) {
    String outcome = driven.outcome().name().toLowerCase(Locale.ROOT);
    Optional<String> answer = driven.answer().map(given -> ((Answer) given).text());
    Optional<String> error = driven.error().map(RedriveCommand::message);
    if (json) {
      ObjectNode line = LetterJson.of(driven.letter()); // as it was while it was asked
      line.remove(List.of("state", "taken_until"));
      line.put("outcome", outcome)
          .put("answer", answer.orElse(null))
          .put("error", error.orElse(null));
      terminal.out().print(line + "\n");
    } else {
      terminal
          .out()
          .print(
              "%d  %s%s\n"
                  .formatted(
                      driven.letter().id(),
                      outcome.replace('_', ' '),
                      error.map(why -> ": " + Printable.line(why)).orElse("")));
      answer.ifPresent(text -> terminal.out().print(text + "\n"));
    }
    terminal.out().flush();
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
