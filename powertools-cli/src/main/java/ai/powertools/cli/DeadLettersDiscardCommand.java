package ai.powertools.cli;

import ai.powertools.retry.kept.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Throws dead letters away. */
@Command(
    name = "discard",
    description = "Removes dead letters for good. They are not asked again.",
    mixinStandardHelpOptions = true)
final class DeadLettersDiscardCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Their numbers.")
  private List<Long> ids = new ArrayList<>();

  @Mixin private HomeOptions home = new HomeOptions();

  DeadLettersDiscardCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (KeptFile file = home.open(terminal)) {
      DeadLetters letters = file.letters();
      ids.forEach(id -> KeptFile.letter(letters, id)); // all of them or none
      for (long id : ids) {
        if (letters.discard(id)) {
          terminal.out().print("Discarded " + id + ".\n");
        }
      }
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }
}
