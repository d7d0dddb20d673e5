package ai.powertools.cli;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.PricedCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prices recorded traffic, row by row; what it has read of a file it does not keep. */
@Command(
    name = "price",
    description = "What recorded calls cost, from the vendors' responses.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each line of FILE is one JSON object:",
      "  provider  who answered, as in \"anthropic\"",
      "  api       which of their APIs; \"default\" if left out",
      "  model     the model that was asked for, where the response does not name one",
      "  body      the response as it came: an object, a string with JSON or with",
      "            server-sent events, or a list of the events of a stream",
      "  at        when, as in \"2026-08-01T12:00:00Z\" or \"2026-08-01\"; now if left out",
      "  tier      the service tier that was asked for, as in \"batch\"",
      "Other fields are not looked at. A line that can't be read is reported, and the",
      "rest goes on; the exit code is 7 then."
    })
final class CostPriceCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The recorded calls; - for what is piped in.")
  private String file = "";

  @Option(names = "--json", description = "Print one JSON object for each line, and no summary.")
  private boolean json;

  @Mixin private PricesOptions prices = new PricesOptions();

  CostPriceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ModelCatalog catalog = prices.catalog(terminal);
    Audit audit = new Audit();
    try (InputStream in = open()) {
      Lines lines = new Lines(in);
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          print(priced(line, catalog, audit));
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read %s: %s. Check the path, or pipe the rows in and name it -."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    if (!json) {
      terminal.out().println();
      terminal.out().print(audit.summary());
    }
    terminal.out().flush();
    return (audit.isWhole() ? ExitCode.OK : ExitCode.PARTLY).code();
  }

  /** The row's line of output; a row that can't be read has one as well. */
  private String priced(Lines.Line line, ModelCatalog catalog, Audit audit) {
    try {
      if (line.problem() != null) {
        throw new UnreadableRowException(line.problem());
      }
      RecordedCall call = RecordedCall.of(line.text(), terminal.clock());
      PricedCall priced = call.price(catalog);
      String text =
          json
              ? PricedCallJson.of(line.number(), call, priced)
              : PricedCallText.of(line.number(), call, priced);
      audit.add(priced);
      return text;
    } catch (PowerToolsException e) {
      return error(line, String.valueOf(e.getMessage()), audit);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return error(line, "A number in body can't be right: " + e.getMessage(), audit);
    }
  }

  private String error(Lines.Line line, String why, Audit audit) {
    audit.addError();
    return json
        ? PricedCallJson.error(line.number(), why)
        : PricedCallText.error(line.number(), why);
  }

  private void print(String row) {
    terminal.out().print(row + "\n");
    // Checks, and flushes: a row that was read is seen, and nobody prices for a closed pipe.
    if (terminal.out().checkError()) {
      throw new ConfigurationException(
          "The output can't be written: its disk is full or its reader has gone.");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException("Interrupted; the rows that were printed are priced.", null);
    }
  }

  private InputStream open() throws IOException {
    return file.equals("-") ? terminal.in() : Files.newInputStream(terminal.folder().resolve(file));
  }
}
