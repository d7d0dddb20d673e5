package ai.powertools.logging;

import ai.powertools.logging.logback.LogbackSinks;
import java.io.PrintStream;
import org.slf4j.event.Level;

/**
 * Shows people what a logger, and those below it, log: one short line an event, without secrets.
 * For command lines. Needs Logback.
 */
public final class ConsoleLog implements AutoCloseable {
  private final Runnable detach;

  private ConsoleLog(Runnable detach) {
    this.detach = detach;
  }

  /**
   * Begins to show events, in colour when the process talks to a terminal and {@code NO_COLOR} is
   * not set.
   *
   * @param stream as a rule {@code System.err}; it is not closed
   * @param level the least that is shown; the logger is opened to it if it is not already
   * @param loggerName as in {@code StructuredLogger.of(name)}; {@code ROOT} for all loggers
   * @throws ai.powertools.core.ConfigurationException if SLF4J is not bound to Logback
   */
  public static ConsoleLog attach(PrintStream stream, Level level, String loggerName) {
    return attach(stream, level, loggerName, Terminal.wantsColour());
  }

  /** The same, with or without colour. */
  public static ConsoleLog attach(
      PrintStream stream, Level level, String loggerName, boolean colour) {
    Backend.requireLogback("Could not show the log on the console");
    return new ConsoleLog(LogbackSinks.attachConsole(stream, level, loggerName, colour));
  }

  /** Ends showing, and sets the logger's level back. Closing twice is fine. */
  @Override
  public void close() {
    detach.run();
  }
}
