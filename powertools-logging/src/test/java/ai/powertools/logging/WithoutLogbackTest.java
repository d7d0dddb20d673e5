package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The root package where there is SLF4J and nothing behind it. */
class WithoutLogbackTest {

  /** What runs there; public so that another class loader can call it. */
  public static final class Application {
    private Application() {}

    public static String run() {
      LogContext.Scope scope = LogContext.with("trace_id", TraceId.fresh());
      StructuredLogger log = StructuredLogger.of("app");
      log.error("call").with("tokens", 1).log();
      scope.close();
      return log.isEnabled(org.slf4j.event.Level.ERROR)
          + " "
          + LogContext.current()
          + " "
          + Redactor.standard().redact("AKIAIOSFODNN7EXAMPLE");
    }

    public static void attachFile() {
      LogFile.attach(Path.of("never.ndjson"), "app").close();
    }

    public static void attachConsole() {
      ConsoleLog.attach(System.err, org.slf4j.event.Level.INFO, "app").close();
    }
  }

  @Test
  void logsNowhereAndSaysSoWhenAskedForASink() throws Exception {
    PrintStream error = System.err;
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try (URLClassLoader loader = new URLClassLoader(classPath(), null)) {
      Class<?> application = loader.loadClass(Application.class.getName());
      assertThat(application.getMethod("run").invoke(null)).isEqualTo("false {} ***(aws key)");
      assertThat(failure(application.getMethod("attachFile")))
          .isEqualTo(
              "ai.powertools.core.ConfigurationException: Could not write a log to never.ndjson:"
                  + " SLF4J is bound to org.slf4j.helpers.NOPLoggerFactory, and only Logback can be"
                  + " given sinks by code. Add ch.qos.logback:logback-classic and remove other"
                  + " SLF4J providers, or configure the sink in the backend's own way.");
      assertThat(failure(application.getMethod("attachConsole")))
          .contains("Could not show the log on the console: SLF4J is bound to");
    } finally {
      System.setErr(error);
    }
  }

  private static String failure(Method method) throws IllegalAccessException {
    try {
      method.invoke(null);
    } catch (InvocationTargetException e) {
      return e.getCause().toString();
    }
    throw new AssertionError(method + " did not fail");
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("logback-")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(new URL[0]);
  }
}
