package ai.powertools.cli;

import ai.powertools.orchestrator.Receipt;
import ai.powertools.router.StreamListener;
import java.util.List;

/** Shows an answer in the form that was asked for: text as it arrives and a receipt, or JSON. */
final class Reporter {
  private final Terminal terminal;
  private final CommonOptions options;
  private final LivePrinter live;

  Reporter(Terminal terminal, CommonOptions options) {
    this.terminal = terminal;
    this.options = options;
    this.live = new LivePrinter(terminal.out());
  }

  /** To be told of the text on its way. */
  StreamListener listener() {
    return options.json() ? event -> {} : live;
  }

  /** The end of it, well or not: leaves no half line behind. */
  void end() {
    live.endLine();
  }

  /** The rest, once the answer is whole. */
  void done(String text, List<Receipt> receipts) {
    for (Receipt receipt : receipts) {
      if (options.json()) {
        terminal.out().println(AnswerJson.of(text, receipt));
      } else if (!options.quiet()) {
        terminal.err().println();
        terminal.err().print(receipt.describe());
      }
    }
    terminal.out().flush();
    terminal.err().flush();
  }
}
