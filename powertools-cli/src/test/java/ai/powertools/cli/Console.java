package ai.powertools.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A terminal of a test: what was printed can be read, what is piped in can be said. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private InputStream piped = InputStream.nullInputStream();
  private InstantSource clock = InstantSource.system();

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
    return pipe(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  Console pipe(InputStream in) {
    piped = in;
    return this;
  }

  /** The commands take this for now. */
  Console at(Instant moment) {
    clock = InstantSource.fixed(moment);
    return this;
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            piped,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder,
            clock);
    return Main.execute(terminal, arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
