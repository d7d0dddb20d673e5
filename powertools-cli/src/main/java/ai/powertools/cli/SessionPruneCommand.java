package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.HistoryWindow;
import ai.powertools.session.SessionInfo;
import ai.powertools.session.Sessions;
import ai.powertools.session.Swept;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Throws away what is not needed any more. */
@Command(
    name = "prune",
    description = "Says what of the sessions can go, and with --yes removes it for good.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --yes nothing is removed. A snapshot holds what it holds, also against",
      "--history. A backup first is never wrong: powertools session backup FILE."
    })
final class SessionPruneCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Sessions that nothing was written to for so long, as in 90d or 12h.")
  private @Nullable String olderThan;

  @Option(names = "--expired", description = "What has expired, sessions and what is in others.")
  private boolean expired;

  @Option(
      names = "--history",
      paramLabel = "AGE",
      arity = "0..1",
      fallbackValue = "0s",
      description =
          "What was replaced or removed longer ago, all if no AGE is given; and what has expired.")
  private @Nullable String history;

  @Option(names = "--yes", description = "Remove it.")
  private boolean yes;

  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionPruneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (olderThan == null && !expired && history == null) {
      throw new ConfigurationException(
          "Say what can go: --older-than AGE, --expired or --history.");
    }
    HistoryWindow window =
        history == null ? HistoryWindow.FOREVER : HistoryWindow.of(Age.parse("--history", history));
    try (SessionsFile file = store.open(terminal, window)) {
      return prune(file.sessions());
    }
  }

  private int prune(Sessions sessions) {
    List<SessionInfo> old = old(sessions);
    if (!old.isEmpty()) {
      terminal.out().print(SessionListCommand.table(old));
      terminal.out().flush();
    }
    long deleted = old.size();
    if (yes) {
      deleted = old.stream().filter(info -> sessions.delete(info.name())).count();
    }
    Swept swept = new Swept(0, 0, 0);
    if (expired || history != null) {
      swept = yes ? sessions.sweep() : sessions.sweepable();
    }
    terminal
        .err()
        .println(
            "%s %s that nothing was written to, %s and %s that expired, %s of the past.%s"
                .formatted(
                    yes ? "Removed" : "Would remove",
                    BackupText.counted(deleted, "session", "sessions"),
                    BackupText.counted(swept.sessions(), "session", "sessions"),
                    BackupText.counted(swept.entries(), "entry", "entries"),
                    BackupText.counted(swept.past(), "entry", "entries"),
                    yes ? "" : " Remove it with --yes."));
    return ExitCode.OK.code();
  }

  private List<SessionInfo> old(Sessions sessions) {
    if (olderThan == null) {
      return List.of();
    }
    Duration age = Age.parse("--older-than", olderThan);
    Instant limit = terminal.clock().instant().minus(age);
    return sessions.list().stream().filter(info -> info.touchedAt().isBefore(limit)).toList();
  }
}
