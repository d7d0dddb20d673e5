package ai.powertools.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a logger of a test logs, as Logback's own events. */
public final class Recorded implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.getCallerData(); // taken from the stack, which is another one later
          super.append(event);
        }
      };

  private Recorded(Logger logger) {
    this.logger = logger;
  }

  public static Recorded of(String loggerName) {
    Recorded recorded = new Recorded((Logger) LoggerFactory.getLogger(loggerName));
    recorded.appender.start();
    recorded.logger.addAppender(recorded.appender);
    return recorded;
  }

  public List<ILoggingEvent> events() {
    return appender.list;
  }

  /** The one event there is. */
  public ILoggingEvent event() {
    if (events().size() != 1) {
      throw new AssertionError("Expected one event, not " + events());
    }
    return events().get(0);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
