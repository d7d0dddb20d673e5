package ai.powertools.cli;

import ai.powertools.session.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a backup. */
@Command(
    name = "backup",
    description = "All sessions into a file that you alone can read, while they are in use.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A file that is there is never replaced. To restore an increment it takes the full",
      "backup and all increments up to it: keep them together."
    })
final class SessionBackupCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
  private @Nullable Path file;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "Only what changed since this earlier backup, full or not.")
  private @Nullable Path since;

  @Option(names = "--json", description = "Print one JSON object that says what was written.")
  private boolean json;

  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionBackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path to = terminal.folder().resolve(file == null ? Path.of("") : file);
    Backup backup;
    try (SessionsFile sessions = store.open(terminal)) {
      backup =
          since == null
              ? sessions.sessions().backup(to)
              : sessions.sessions().backup(to, terminal.folder().resolve(since));
    }
    if (json) {
      terminal.out().println(BackupText.json(backup));
    } else {
      terminal.err().println("Wrote " + BackupText.line(backup, String.valueOf(file)));
    }
    return ExitCode.OK.code();
  }
}
