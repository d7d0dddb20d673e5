package ai.powertools.logging.logback;

import ai.powertools.core.ConfigurationException;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** One log file with one appender, whoever attaches it to whichever loggers. */
final class SharedFile {
  private static final Map<Path, SharedFile> OPEN = new HashMap<>();

  private final LoggerContext context;
  private final PrivateFileAppender appender;
  private final List<String> loggers = new ArrayList<>();

  private SharedFile(LoggerContext context, PrivateFileAppender appender) {
    this.context = context;
    this.appender = appender;
  }

  static Runnable attach(
      LoggerContext context, Path file, String loggerName, long largest, int kept) {
    Path real = real(file);
    synchronized (OPEN) {
      SharedFile shared = OPEN.get(real);
      // Stopped by somebody else: Logback's configuration was reset, for one.
      if (shared == null || !shared.appender.isStarted() || shared.context != context) {
        shared = new SharedFile(context, PrivateFileAppender.start(context, real, largest, kept));
        OPEN.put(real, shared);
      }
      shared.loggers.add(loggerName);
      shared.spread();
      SharedFile opened = shared;
      return () -> detach(real, opened, loggerName);
    }
  }

  private static void detach(Path real, SharedFile shared, String loggerName) {
    synchronized (OPEN) {
      shared.loggers.remove(loggerName);
      shared.spread();
      if (shared.loggers.isEmpty()) {
        shared.context.getLogger(loggerName).detachAppender(shared.appender);
        shared.appender.stop();
        OPEN.remove(real, shared);
      } else if (!shared.loggers.contains(loggerName)) {
        shared.context.getLogger(loggerName).detachAppender(shared.appender);
      }
    }
  }

  /**
   * Hands the appender to the loggers that are not below another one of them: an event goes up
   * through all its loggers and would be written at each.
   */
  private void spread() {
    for (String logger : loggers) {
      boolean covered = loggers.stream().anyMatch(other -> isAbove(other, logger));
      if (covered) {
        context.getLogger(logger).detachAppender(appender);
      } else {
        context.getLogger(logger).addAppender(appender);
      }
    }
  }

  private static boolean isAbove(String other, String logger) {
    boolean root = other.equals(Logger.ROOT_LOGGER_NAME) && !logger.equals(other);
    return root || logger.startsWith(other + ".");
  }

  /** One name for one file, whatever links lead to it. */
  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (folder == null || name == null) {
      throw new ConfigurationException("Could not write a log to " + file + ": name a file.");
    }
    try {
      LogFiles.createFolder(folder);
      return folder.toRealPath().resolve(name);
    } catch (IOException e) {
      throw LogFiles.refusal(file, e);
    }
  }
}
