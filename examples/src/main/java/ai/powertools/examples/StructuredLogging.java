package ai.powertools.examples;

import ai.powertools.logging.LogContext;
import ai.powertools.logging.LogFile;
import ai.powertools.logging.LogReader;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.logging.TraceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Events with typed fields, joined by a trace id, written as JSON without the keys. */
public final class StructuredLogging {
  private StructuredLogging() {}

  @SuppressWarnings("try") // what is attached is there to be closed
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("example");
    Path file = folder.resolve("app.log");
    StructuredLogger log = StructuredLogger.of("ai.powertools.examples.app");
    String trace = TraceId.fresh().hex();
    try (LogFile attached = LogFile.attach(file, "ai.powertools.examples");
        LogContext.Scope scope = LogContext.with("trace_id", trace).and("user_id", "ada")) {
      log.info("api_call")
          .with("provider", "openai")
          .with("tokens", 1500)
          .with("header", "Bearer sk-0123456789abcdefghijklmnopqrstuv")
          .log();
    }
    LogReader.read(file).withTrace(trace).forEach(System.out::println);
    Files.delete(file);
    Files.delete(folder);
  }
}
