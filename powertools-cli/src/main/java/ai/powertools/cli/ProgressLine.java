package ai.powertools.cli;

import ai.powertools.router.providers.PullProgress;
import java.io.PrintStream;
import java.util.function.Consumer;

/** How far a model has been fetched, on one line that is written over. Not thread-safe. */
final class ProgressLine implements Consumer<PullProgress> {
  private final PrintStream out;
  private String shown = "";

  ProgressLine(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(PullProgress progress) {
    String text = text(progress);
    // Servers tell of every few bytes; a terminal would only flicker.
    if (!text.equals(shown)) {
      String blanks = " ".repeat(Math.max(0, shown.length() - text.length()));
      out.print("\r" + text + blanks);
      out.flush();
      shown = text;
    }
  }

  /** Ends the line, if there is one, so that what follows stands on its own. */
  void end() {
    if (!shown.isEmpty()) {
      out.println();
      shown = "";
    }
  }

  private static String text(PullProgress progress) {
    if (progress.total() <= 0) {
      return progress.status();
    }
    long percent = Math.min(100, (long) (100.0 * progress.completed() / progress.total()));
    return "%s: %d%% of %s".formatted(progress.status(), percent, ByteSize.text(progress.total()));
  }
}
