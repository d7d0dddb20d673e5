package ai.powertools.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs events: a name and typed fields, no sentences. While a level is off, an event of that level
 * is one shared object that does nothing, whatever is given to it.
 *
 * <p>A thin layer on the SLF4J logger of the same name: levels, filters and sinks are configured
 * there. Safe for use by many threads.
 */
public final class StructuredLogger {
  private final Logger logger;

  StructuredLogger(Logger logger) {
    this.logger = logger;
  }

  /** The logger of that name. */
  public static StructuredLogger of(String name) {
    return new StructuredLogger(LoggerFactory.getLogger(name));
  }

  /** The logger named like the class. */
  public static StructuredLogger of(Class<?> type) {
    return of(type.getName());
  }

  /** What is of use only when looking for a mistake, step by step. */
  public LogEvent trace(String event) {
    return at(Level.TRACE, event);
  }

  /** What is of use when looking for a mistake. */
  public LogEvent debug(String event) {
    return at(Level.DEBUG, event);
  }

  /** What happened as it should. */
  public LogEvent info(String event) {
    return at(Level.INFO, event);
  }

  /** What went wrong and was dealt with. */
  public LogEvent warn(String event) {
    return at(Level.WARN, event);
  }

  /** What went wrong and needs somebody. */
  public LogEvent error(String event) {
    return at(Level.ERROR, event);
  }

  /**
   * An event of that level, to be given its fields and logged.
   *
   * @param event what happened, as a constant in snake_case: {@code api_call}
   */
  public LogEvent at(Level level, String event) {
    return isEnabled(level)
        ? new ActiveEvent(logger.makeLoggingEventBuilder(level).setMessage(event))
        : SilentEvent.INSTANCE;
  }

  /** Whether events of that level go anywhere now. */
  public boolean isEnabled(Level level) {
    return logger.isEnabledForLevel(level);
  }

  /** What it was made with. */
  public String name() {
    return logger.getName();
  }

  @Override
  public String toString() {
    return "logger \"" + name() + "\"";
  }
}
