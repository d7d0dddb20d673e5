package ai.powertools.logging.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loggers whose level was lowered for a sink, and what it was before. With the last sink gone the
 * level is as it was, in whatever order they go.
 */
final class OpenedLevels {
  private static final Map<Logger, OpenedLevels> OPENED = new HashMap<>();

  private final @Nullable Level before;
  private final List<Level> wanted = new ArrayList<>();

  private OpenedLevels(@Nullable Level before) {
    this.before = before;
  }

  /** Lets events of that level through; the result ends it, and is to be run once. */
  static Runnable open(Logger logger, org.slf4j.event.Level least) {
    Level level = Level.convertAnSLF4JLevel(least);
    synchronized (OPENED) {
      OpenedLevels opened = OPENED.computeIfAbsent(logger, key -> new OpenedLevels(key.getLevel()));
      opened.wanted.add(level);
      opened.apply(logger);
    }
    return () -> close(logger, level);
  }

  private static void close(Logger logger, Level level) {
    synchronized (OPENED) {
      OpenedLevels opened = OPENED.get(logger);
      if (opened != null) {
        opened.wanted.remove(level);
        opened.apply(logger);
        if (opened.wanted.isEmpty()) {
          OPENED.remove(logger);
        }
      }
    }
  }

  private void apply(Logger logger) {
    logger.setLevel(before);
    for (Level level : wanted) {
      if (!logger.isEnabledFor(level)) {
        logger.setLevel(level);
      }
    }
  }
}
