package ai.powertools.store;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Looks through the log beside a file before SQLite does. It only reads, and only the log: SQLite
 * keeps its locks on other files (sqlite.org/howtocorrupt.html, 2.2).
 *
 * <p>Another process may be at work: what does not look right is looked at again, until it has not
 * changed for a while.
 */
final class LogLook {
  private static final int MOST_LOOKS = 50;
  private static final int SAME_LOOKS = 6;
  private static final Duration PAUSE = Duration.ofMillis(40);

  private final Path log;
  private final Time time;

  LogLook(Path log, Time time) {
    this.log = log;
    this.time = time;
  }

  Recovery recovery() {
    Recovery seen = look();
    int same = 1;
    for (int looks = 1; !seen.isClean() && same < SAME_LOOKS && looks < MOST_LOOKS; looks++) {
      pause();
      Recovery again = look();
      same = again.equals(seen) ? same + 1 : 1;
      seen = again;
    }
    return same < SAME_LOOKS ? seen.withoutRest() : seen; // it never stands still: somebody writes
  }

  private Recovery look() {
    long bytes = log.toFile().length();
    if (bytes == 0) {
      return Recovery.NONE; // or it is not there
    }
    try (InputStream in = Files.newInputStream(log)) {
      return LogScan.of(in, bytes);
    } catch (IOException e) {
      // Taken away meanwhile by the last that closed it; or unreadable for SQLite too, which says
      // so.
      return Files.exists(log) ? Recovery.unreadable(bytes) : Recovery.NONE;
    }
  }

  private void pause() {
    try {
      time.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("looking through " + log, e);
    }
  }
}
