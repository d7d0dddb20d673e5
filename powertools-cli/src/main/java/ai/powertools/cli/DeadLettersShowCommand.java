package ai.powertools.cli;

import ai.powertools.retry.kept.DeadLetter;
import ai.powertools.retry.report.AttemptSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a dead letter. */
@Command(
    name = "show",
    description = "All of one dead letter: how it failed, and what was asked.",
    mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "ID", description = "Its number.")
  private long id;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private HomeOptions home = new HomeOptions();

  DeadLettersShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DeadLetter letter;
    try (KeptFile file = home.open(terminal)) {
      letter = KeptFile.letter(file.letters(), id);
    }
    terminal.out().print(json ? LetterJson.whole(letter).toPrettyString() + "\n" : text(letter));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private static String text(DeadLetter letter) {
    StringBuilder text = new StringBuilder();
    line(text, "letter", letter.id() + ", " + LetterJson.state(letter));
    line(text, "task", letter.task());
    line(text, "key", letter.key().isEmpty() ? "none" : letter.key());
    line(text, "error", letter.error());
    line(text, "failed", letter.lastFailedAt() + ", first " + letter.firstFailedAt());
    line(text, "redrives", String.valueOf(letter.redrives()));
    letter.takenUntil().ifPresent(until -> line(text, "taken", "until " + until));
    for (AttemptSummary attempt : letter.attempts()) {
      line(
          text,
          "attempt",
          "%d after %d ms: %s"
              .formatted(attempt.number(), attempt.duration().toMillis(), attempt.describe()));
    }
    text.append('\n').append(payload(letter)).append('\n');
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-10s".formatted(name)).append(Printable.line(value)).append('\n');
  }

  private static String payload(DeadLetter letter) {
    if (letter.payload().isEmpty()) {
      return "(no payload: it is removed when a letter is done)";
    }
    return Printable.line(letter.payload()) + (letter.cut() ? "… (the rest was too long)" : "");
  }
}
