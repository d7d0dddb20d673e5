package ai.powertools.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A terminal of a test: what was printed can be read, what is piped in can be said. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private String piped = "";

  Console(Path folder) {
    this.folder = folder;
    environment.put("POWERTOOLS_HOME", folder.resolve("home").toString());
    // Nothing listens there: tests must not find a server of the machine they run on.
    environment.put("OLLAMA_HOST", "http://127.0.0.1:1");
  }

  Console set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Console pipe(String text) {
    piped = text;
    return this;
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder);
    return Main.execute(terminal, arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
