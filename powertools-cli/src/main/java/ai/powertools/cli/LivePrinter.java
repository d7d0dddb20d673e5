package ai.powertools.cli;

import ai.powertools.router.StreamEvent;
import ai.powertools.router.StreamListener;
import java.io.PrintStream;

/** Prints text as it arrives, and ends it with a line break. */
final class LivePrinter implements StreamListener {
  private final PrintStream out;
  private boolean inLine;

  LivePrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void on(StreamEvent event) {
    if (event instanceof StreamEvent.TextDelta delta) {
      out.print(delta.text());
      out.flush();
      inLine = !delta.text().endsWith("\n");
    } else if (event instanceof StreamEvent.Finished || event instanceof StreamEvent.Failed) {
      endLine();
    }
  }

  /** Ends a line that was begun, so that what follows stands on its own. */
  synchronized void endLine() {
    if (inLine) {
      out.println();
      inLine = false;
    }
  }
}
