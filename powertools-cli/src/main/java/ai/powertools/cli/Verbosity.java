package ai.powertools.cli;

import ai.powertools.logging.ConsoleLog;
import org.slf4j.event.Level;

/** The log on the terminal, while a command runs, for those who asked for it. */
final class Verbosity implements AutoCloseable {
  private final AutoCloseable attached;

  private Verbosity(AutoCloseable attached) {
    this.attached = attached;
  }

  static Verbosity of(CommonOptions options, Terminal terminal) {
    return new Verbosity(
        options.verbose()
            ? ConsoleLog.attach(terminal.err(), Level.INFO, "ai.powertools")
            : () -> {});
  }

  @Override
  public void close() {
    try {
      attached.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Could not detach the console's log", e);
    }
  }
}
