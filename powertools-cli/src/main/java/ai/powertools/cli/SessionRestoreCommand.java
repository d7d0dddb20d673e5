package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.Backups;
import ai.powertools.session.Restore;
import ai.powertools.session.Restored;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts sessions back. */
@Command(
    name = "restore",
    description = "Puts sessions back from a backup: all that are chosen, or nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Sessions that are there are left alone, and then nothing is restored, unless --replace",
      "is given. Where there are no sessions yet, a new file is made."
    })
final class SessionRestoreCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "A full backup, then its increments in their order.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "MOMENT",
      description = "The state of then, as in 2026-11-01T12:00:00Z.")
  private @Nullable String at;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "This session alone. May be repeated.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--as",
      paramLabel = "NAME=NEW",
      description = "Give a session another name. May be repeated.")
  private Map<String, String> names = new LinkedHashMap<>();

  @Option(names = "--replace", description = "Put sessions in the place of those that are there.")
  private boolean replace;

  @Option(names = "--json", description = "Print one JSON object that says what was restored.")
  private boolean json;

  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionRestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Path> chain = files.stream().map(terminal.folder()::resolve).toList();
    Restore restore =
        Restore.from(chain.get(0), chain.subList(1, chain.size()).toArray(Path[]::new))
            .only(only.toArray(String[]::new))
            .as(name -> names.getOrDefault(name, name));
    if (at != null) {
      restore.at(moment(at));
    }
    if (replace) {
      restore.replacing();
    }
    Restored restored;
    if (!store.isThere(terminal)) {
      refuseDamaged(chain); // before a file is made for them
    }
    try (SessionsFile sessions = store.openOrMake(terminal)) {
      restored = restore.to(sessions.sessions());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--as is wrong. " + e.getMessage(), e);
    }
    if (json) {
      ObjectNode result = SessionJson.object();
      restored.sessions().forEach(result.putArray("sessions")::add);
      terminal.out().println(SessionJson.text(result.put("entries", restored.entries())));
    } else {
      terminal
          .err()
          .println(
              "Restored %s with %s."
                  .formatted(
                      BackupText.counted(restored.sessions().size(), "session", "sessions"),
                      BackupText.counted(restored.entries(), "entry", "entries")));
    }
    return ExitCode.OK.code();
  }

  private static void refuseDamaged(List<Path> chain) {
    List<String> problems = Backups.verify(chain.toArray(Path[]::new)).problems();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          "The backup can't be used: %s. Nothing was restored. Name the full backup first and then its increments in their order, or take another copy."
              .formatted(String.join("; ", problems)));
    }
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "--at must be a moment as in 2026-11-01T12:00:00Z, not \"" + text + "\".", e);
    }
  }
}
