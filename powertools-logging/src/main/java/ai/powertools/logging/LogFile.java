package ai.powertools.logging;

import ai.powertools.logging.logback.LogbackSinks;
import java.nio.file.Path;

/**
 * A file that a logger, and those below it, write to as well: one JSON object a line, without
 * secrets, readable by its owner alone. At 10 MB it is moved to {@code name.1} and begun anew; the
 * last five are kept.
 *
 * <p>Every event is handed to the operating system before the call that logs it returns. May be
 * attached more than once, to one logger or several: an event is written once. Needs Logback.
 */
public final class LogFile implements AutoCloseable {
  /** How many full files there are beside the one that is written. */
  static final int KEPT = 5;

  private static final long LARGEST_BYTES = 10L * 1024 * 1024;

  private final Path file;
  private final Runnable detach;

  private LogFile(Path file, Runnable detach) {
    this.file = file;
    this.detach = detach;
  }

  /**
   * Begins to write, at the end of the file if there is one.
   *
   * @param file is made when it is not there, and so are the folders to it
   * @param loggerName as in {@code StructuredLogger.of(name)}; that of a package takes in all
   *     loggers of its classes, {@code ROOT} all loggers
   * @throws ai.powertools.core.ConfigurationException if the file can't be written, or SLF4J is not
   *     bound to Logback
   */
  public static LogFile attach(Path file, String loggerName) {
    return attach(file, loggerName, LARGEST_BYTES);
  }

  static LogFile attach(Path file, String loggerName, long largest) {
    Backend.requireLogback("Could not write a log to " + file);
    return new LogFile(file, LogbackSinks.attachFile(file, loggerName, largest, KEPT));
  }

  /** Where it writes. */
  public Path file() {
    return file;
  }

  /** Ends writing for this attachment; the file is closed with the last. Closing twice is fine. */
  @Override
  public void close() {
    detach.run();
  }
}
