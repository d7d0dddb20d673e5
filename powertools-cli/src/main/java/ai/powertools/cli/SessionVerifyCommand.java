package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.BackupCheck;
import ai.powertools.session.Backups;
import ai.powertools.session.Sessions;
import ai.powertools.session.SetAside;
import ai.powertools.session.Verified;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks whether what is kept is what was written. */
@Command(
    name = "verify",
    description = "Looks at every record, or at every byte of a backup: is it what was written?",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends with exit code 3 if something is damaged and was not put aside. What is put",
      "aside is kept apart, and missing in its session: restore it from a backup if you can."
    })
final class SessionVerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--set-aside",
      description = "Take out what is damaged, so that the rest is whole.")
  private boolean setAside;

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Look at a full backup and its increments, in their order, instead.")
  private List<Path> backup = new ArrayList<>();

  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!backup.isEmpty()) {
      if (setAside) {
        throw new ConfigurationException(
            "--set-aside changes sessions, and backups are never changed. Leave --backup out.");
      }
      return verifyBackup();
    }
    try (SessionsFile file = store.open(terminal)) {
      return verify(file.sessions());
    }
  }

  private int verify(Sessions sessions) {
    Verified found = sessions.verify();
    say(
        "%s with %s looked at: %s."
            .formatted(
                BackupText.counted(found.sessions(), "session", "sessions"),
                BackupText.counted(found.entries(), "entry", "entries"),
                problems(found.problems().size())));
    for (Verified.Problem problem : found.problems()) {
      say(line(problem));
    }
    if (found.isIntact()) {
      return ExitCode.OK.code();
    }
    if (!setAside) {
      terminal
          .err()
          .println(
              "Restore what is damaged from a backup (powertools session restore --only NAME"
                  + " --replace), or take it out with --set-aside.");
      return ExitCode.CONFIGURATION.code();
    }
    SetAside aside = sessions.setAside(found);
    terminal
        .err()
        .println(
            "Put %s aside and counted %s anew."
                .formatted(
                    BackupText.counted(aside.entries(), "entry", "entries"),
                    BackupText.counted(aside.sessions(), "session", "sessions")));
    return (sessions.verify().isIntact() ? ExitCode.OK : ExitCode.CONFIGURATION).code();
  }

  private int verifyBackup() {
    Path[] chain = backup.stream().map(terminal.folder()::resolve).toArray(Path[]::new);
    BackupCheck check = Backups.verify(chain);
    if (check.isIntact()) {
      for (int i = 0; i < chain.length; i++) {
        say(BackupText.line(check.backups().get(i), backup.get(i).toString()));
      }
    }
    check.problems().forEach(this::say);
    say(
        "%s: %s."
            .formatted(
                BackupText.counted(chain.length, "file", "files"),
                problems(check.problems().size())));
    return (check.isIntact() ? ExitCode.OK : ExitCode.CONFIGURATION).code();
  }

  private static String problems(int count) {
    return count == 0
        ? "all is as it was written"
        : BackupText.counted(count, "problem", "problems");
  }

  private static String line(Verified.Problem problem) {
    String where =
        problem.name().isEmpty()
            ? ""
            : ", %s\"%s\""
                .formatted(
                    problem.seq() > 0 ? "entry " + problem.seq() + " of " : "", problem.name());
    return "session \"%s\"%s: %s".formatted(problem.session(), where, problem.what());
  }

  private void say(String line) {
    terminal.out().println(Printable.line(line));
    terminal.out().flush();
  }
}
