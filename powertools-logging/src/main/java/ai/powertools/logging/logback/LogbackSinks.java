package ai.powertools.logging.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Adds sinks to the running Logback: what {@code LogFile} and {@code ConsoleLog} are made of. To be
 * called only where SLF4J is bound to Logback. Safe for use by many threads.
 */
public final class LogbackSinks {
  private LogbackSinks() {}

  /**
   * See {@link ai.powertools.logging.LogFile#attach}.
   *
   * @param largest the size in bytes at which the file is rolled
   * @param kept how many rolled files there are at most
   * @return what detaches it; running it twice is harmless
   */
  public static Runnable attachFile(Path file, String loggerName, long largest, int kept) {
    return once(SharedFile.attach(context(), file, loggerName, largest, kept));
  }

  /**
   * See {@link ai.powertools.logging.ConsoleLog#attach}.
   *
   * @return what detaches it; running it twice is harmless
   */
  public static Runnable attachConsole(
      PrintStream stream, Level level, String loggerName, boolean colour) {
    LoggerContext context = context();
    PrettyEncoder encoder = new PrettyEncoder();
    encoder.setContext(context);
    encoder.setColour(colour);
    encoder.start();
    ThresholdFilter threshold = new ThresholdFilter();
    threshold.setLevel(level.name());
    threshold.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setName("powertools-console");
    appender.setEncoder(encoder);
    appender.addFilter(threshold);
    appender.setOutputStream(new LeftOpen(stream));
    appender.start();
    Logger logger = context.getLogger(loggerName);
    Runnable closeLevel = OpenedLevels.open(logger, level);
    logger.addAppender(appender);
    return once(
        () -> {
          logger.detachAppender(appender);
          appender.stop();
          closeLevel.run();
        });
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Runnable once(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    };
  }

  /** A stream that is not ours to close. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws java.io.IOException {
      out.write(bytes, from, length); // as a whole, where the parent goes byte by byte
    }

    @Override
    public void close() throws java.io.IOException {
      flush();
    }
  }
}
