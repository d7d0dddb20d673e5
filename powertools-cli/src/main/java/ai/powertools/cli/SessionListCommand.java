package ai.powertools.cli;

import ai.powertools.session.SessionInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists sessions. */
@Command(
    name = "list",
    description = "All sessions, the one used last first.",
    mixinStandardHelpOptions = true)
final class SessionListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Print one JSON object for each.")
  private boolean json;

  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<SessionInfo> all;
    try (SessionsFile file = store.open(terminal)) {
      all = file.sessions().list();
    }
    if (json) {
      all.forEach(info -> terminal.out().print(SessionJson.of(info) + "\n"));
    } else if (all.isEmpty()) {
      terminal.err().println("There are no sessions.");
    } else {
      terminal.out().print(table(all));
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  static Table table(List<SessionInfo> all) {
    Table table = new Table(Set.of(1, 2), "session", "version", "entries", "last used", "expires");
    for (SessionInfo info : all) {
      table.row(
          Printable.line(info.name()),
          String.valueOf(info.version()),
          ModelText.number(info.entries()),
          second(info.touchedAt()),
          info.expiresAt().map(SessionListCommand::second).orElse("never"));
    }
    return table;
  }

  private static String second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
