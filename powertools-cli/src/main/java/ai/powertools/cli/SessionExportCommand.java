package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.LogEntry;
import ai.powertools.session.SessionView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a session for other programs. */
@Command(
    name = "export",
    description = "A session for other programs: one JSON object, or a line for each entry.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each line of ndjson has kind (value or entry), name, version, at and value,",
      "those of logs seq as well."
    })
final class SessionExportCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "The session.")
  private String name = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json or ndjson; what FILE ends with by default, or else json.")
  private @Nullable String format;

  @Mixin private AtOption at = new AtOption();
  @Mixin private OutOptions out = new OutOptions();
  @Mixin private SessionStoreOptions store = new SessionStoreOptions();

  SessionExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    out.check(terminal);
    boolean lines = lines();
    try (SessionsFile file = store.open(terminal)) {
      out.write(
          terminal, writer -> at.ask(file.sessions(), name, view -> write(view, writer, lines)));
    }
    out.file().ifPresent(to -> terminal.err().println("Wrote session to %s.".formatted(to)));
    return ExitCode.OK.code();
  }

  private boolean lines() {
    if (format == null) {
      String file = out.file().orElse("").toLowerCase(Locale.ROOT);
      return file.endsWith(".ndjson") || file.endsWith(".jsonl");
    }
    return switch (format) {
      case "json" -> false;
      case "ndjson" -> true;
      default ->
          throw new ConfigurationException(
              "--format must be json or ndjson, not \"" + format + "\".");
    };
  }

  private static boolean write(SessionView session, Writer writer, boolean lines) {
    try {
      if (lines) {
        writeLines(session, writer);
      } else {
        writer.write(SessionJson.of(session) + "\n");
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeLines(SessionView session, Writer writer) throws IOException {
    for (String key : session.keys()) {
      JsonNode value =
          session.versioned(key, SessionJson.ANY).map(SessionJson::value).orElseThrow();
      writer.write(line("value", key, value));
    }
    for (String log : session.logs()) {
      long from = 1;
      List<LogEntry<JsonNode>> page;
      do {
        page = session.page(log, from, PAGE, SessionJson.ANY);
        for (LogEntry<JsonNode> entry : page) {
          writer.write(line("entry", log, SessionJson.entry(entry)));
          from = entry.seq() + 1;
        }
      } while (page.size() == PAGE);
    }
  }

  private static String line(String kind, String name, JsonNode rest) {
    ObjectNode json = SessionJson.object();
    json.put("kind", kind).put("name", name);
    rest.properties().forEach(field -> json.set(field.getKey(), field.getValue()));
    return SessionJson.text(json) + "\n";
  }
}
