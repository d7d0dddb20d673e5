package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.retry.kept.DeadLetter;
import ai.powertools.retry.kept.LetterFilter;
import ai.powertools.retry.kept.LetterState;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(
    name = "list",
    description = "Dead letters, the oldest first.",
    mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {
  private static final int WIDEST = 60;

  private final Terminal terminal;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those that stand so: waiting, taken, done or given_up.")
  private @Nullable String state;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many; ${DEFAULT-VALUE} by default.")
  private int max;

  @Option(names = "--json", description = "Print one JSON object for each.")
  private boolean json;

  @Mixin private TaskOption task = new TaskOption();
  @Mixin private HomeOptions home = new HomeOptions();

  DeadLettersListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LetterFilter filter = task.of(LetterFilter.all()).limit(TaskOption.atLeastOne("--max", max));
    if (state != null) {
      filter = filter.state(state(state));
    }
    List<DeadLetter> letters;
    try (KeptFile file = home.open(terminal)) {
      letters = file.letters().list(filter);
    }
    if (json) {
      letters.forEach(letter -> terminal.out().print(LetterJson.of(letter) + "\n"));
    } else if (letters.isEmpty()) {
      terminal.err().println("There are no such dead letters.");
    } else {
      terminal.out().print(table(letters));
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  static Table table(List<DeadLetter> letters) {
    Table table = new Table(Set.of(0, 3), "id", "state", "task", "redrives", "failed", "error");
    for (DeadLetter letter : letters) {
      table.row(
          String.valueOf(letter.id()),
          LetterJson.state(letter),
          Printable.line(letter.task()),
          String.valueOf(letter.redrives()),
          letter.lastFailedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
          shortened(Printable.line(letter.error())));
    }
    return table;
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= WIDEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDEST)) + "…";
  }

  private static LetterState state(String name) {
    return Arrays.stream(LetterState.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "--state must be one of %s, not \"%s\"."
                        .formatted(
                            Arrays.stream(LetterState.values())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                            name)));
  }
}
