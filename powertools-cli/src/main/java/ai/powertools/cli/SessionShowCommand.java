package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.LogEntry;
import ai.powertools.session.SessionException;
import ai.powertools.session.SessionView;
import ai.powertools.session.Versioned;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is in a session. */
@Command(
    name = "show",
    description =
        "What is in a session: its values and logs, or one of them. That is no use of it.",
    mixinStandardHelpOptions = true)
final class SessionShowCommand implements Callable<Integer> {
  private static final int WIDEST = 60;

  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "The session.")
  private String name = "";

  @Option(names = "--key", paramLabel = "KEY", description = "One value, as JSON and alone.")
  private @Nullable String key;

  @Option(names = "--log", paramLabel = "LOG", description = "One log, an entry on a line.")
  private @Nullable String log;

  @Option(names = "--tail", paramLabel = "N", description = "With --log: its last N entries.")
  private @Nullable Integer tail;

  @Option(names = "--json", description = "Print JSON: one object, with --log one for each entry.")
  private boolean json;

  @Mixin private AtOption at = new AtOption();
  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (key != null && log != null) {
      throw new ConfigurationException("--key and --log show one thing each. Give one of the two.");
    }
    if (tail != null && (log == null || tail < 0)) {
      throw new ConfigurationException("--tail is how many entries of --log: 0 or more.");
    }
    String text;
    try (SessionsFile file = store.open(terminal)) {
      text = at.ask(file.sessions(), name, this::text);
    }
    terminal.out().print(text);
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private String text(SessionView session) {
    if (key != null) {
      return value(session, key);
    }
    if (log != null) {
      return log(session, log);
    }
    return json ? SessionJson.of(session) + "\n" : overview(session);
  }

  private String value(SessionView session, String wanted) {
    Versioned<JsonNode> found =
        session
            .versioned(wanted, SessionJson.ANY)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "There is no value \"%s\" in session \"%s\". Its values: %s."
                            .formatted(wanted, name, names(session.keys()))));
    return SessionJson.text(json ? SessionJson.value(found) : found.value()) + "\n";
  }

  private String log(SessionView session, String wanted) {
    if (!session.logs().contains(wanted)) {
      throw new ConfigurationException(
          "There is no log \"%s\" in session \"%s\". Its logs: %s."
              .formatted(wanted, name, names(session.logs())));
    }
    StringBuilder text = new StringBuilder();
    int count = tail == null ? Integer.MAX_VALUE : tail;
    for (LogEntry<JsonNode> entry : session.last(wanted, count, SessionJson.ANY)) {
      text.append(
              json
                  ? SessionJson.text(SessionJson.entry(entry))
                  : "%d  %s  %s"
                      .formatted(entry.seq(), entry.at(), SessionJson.text(entry.value())))
          .append('\n');
    }
    return text.toString();
  }

  private static String overview(SessionView session) {
    StringBuilder text = new StringBuilder();
    text.append(Printable.line("session \"%s\" at version ".formatted(session.name())))
        .append(session.version())
        .append('\n');
    Table values = new Table(Set.of(1), "value", "version", "as JSON");
    for (String one : session.keys()) {
      values.row(Printable.line(one), versionOf(session, one), shortened(session, one));
    }
    Table logs = new Table(Set.of(1), "log", "entries");
    for (String one : session.logs()) {
      logs.row(Printable.line(one), ModelText.number(session.size(one)));
    }
    text.append(session.keys().isEmpty() ? "" : "\n" + values);
    text.append(session.logs().isEmpty() ? "" : "\n" + logs);
    return text.toString();
  }

  private static String versionOf(SessionView session, String key) {
    try {
      return session
          .versioned(key, SessionJson.ANY)
          .map(found -> String.valueOf(found.version()))
          .orElse("");
    } catch (SessionException e) {
      return "?";
    }
  }

  /** What can't be read is no reason not to show the rest. */
  private static String shortened(SessionView session, String key) {
    try {
      String text =
          session
              .versioned(key, SessionJson.ANY)
              .map(found -> SessionJson.text(found.value()))
              .orElse("");
      return text.codePointCount(0, text.length()) <= WIDEST
          ? text
          : text.substring(0, text.offsetByCodePoints(0, WIDEST)) + "…";
    } catch (SessionException e) {
      return "(can't be read: see --key)";
    }
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : Printable.line(String.join(", ", names));
  }
}
