package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.simulation.CallTrace;
import ai.powertools.ratelimit.simulation.TokenCount;
import ai.powertools.ratelimit.simulation.TracedCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a ledger that was exported as NDJSON, as a trace: each asks for what it used,
 * when it began, for its team, and runs as long as it ran. For one use by one thread at a time.
 */
final class LedgerTrace {
  private final String name;
  private long line;
  private @Nullable Instant first;

  private LedgerTrace(String name) {
    this.name = name;
  }

  static CallTrace of(String name, Path file) {
    return CallTrace.of(name, () -> new LedgerTrace(name).calls(file));
  }

  private Stream<TracedCall> calls(Path file) {
    try {
      BufferedReader reader = Files.newBufferedReader(file);
      return reader.lines().map(this::call).onClose(() -> close(reader));
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read %s: %s. Check the path.".formatted(name, e.getClass().getSimpleName()),
          e);
    }
  }

  private TracedCall call(String text) {
    line++;
    try {
      return call(RawJson.fields("The row", text));
    } catch (UnreadableRowException | DateTimeException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s, line %d is no row of cost export: %s".formatted(name, line, e.getMessage()), e);
    }
  }

  private TracedCall call(Map<String, RawJson.Part> fields) {
    Instant began = Instant.parse(text(fields, "began_at"));
    if (first == null) {
      first = began;
    }
    TracedCall call =
        TracedCall.at(Duration.between(first, began))
            .tokens(TokenCount.of(number(fields, "input_tokens"), number(fields, "output_tokens")))
            .takes(Duration.ofNanos(1_000 * number(fields, "latency_micros")));
    String team = text(fields, "team");
    return team.isEmpty() ? call : call.tenant(team);
  }

  private static String text(Map<String, RawJson.Part> fields, String field) {
    RawJson.Part part = fields.get(field);
    return part == null ? "" : part.text();
  }

  private static long number(Map<String, RawJson.Part> fields, String field) {
    String text = text(fields, field);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new ConfigurationException("The trace could not be closed.", e);
    }
  }
}
