package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.ExportFormat;
import ai.powertools.cost.LedgerExport;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the ledger's entries for other programs. */
@Command(
    name = "export",
    description = "The ledger, one row for each attempt, for data frames and spreadsheets.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Rows are ordered by when their calls began. Amounts have every digit; in ndjson",
      "they are strings, since a JSON number loses digits."
    })
final class CostExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or ndjson; what FILE ends with by default, or else csv.")
  private @Nullable String format;

  @Option(names = "--schema", description = "Print the columns and their types, and nothing else.")
  private boolean schema;

  @Mixin private DayOptions days = new DayOptions();
  @Mixin private OutOptions out = new OutOptions();
  @Mixin private LedgerOptions ledger = new LedgerOptions();

  CostExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    out.check(terminal);
    if (schema) {
      String columns = String.join("\n", LedgerExport.columns()) + "\n";
      out.write(terminal, writer -> writer.write(columns));
      return ExitCode.OK.code();
    }
    ExportFormat form = exportFormat();
    AtomicLong rows = new AtomicLong();
    try (LedgerFile file = ledger.open(terminal)) {
      LedgerExport export = within(file.export(form), file.zone());
      out.write(terminal, writer -> rows.set(export.to(writer)));
    }
    out.file()
        .ifPresent(
            name ->
                terminal
                    .err()
                    .println(
                        "Wrote %s %s to %s."
                            .formatted(
                                ModelText.number(rows.get()),
                                rows.get() == 1 ? "row" : "rows",
                                name)));
    return ExitCode.OK.code();
  }

  private LedgerExport within(LedgerExport all, ZoneId zone) {
    LedgerExport begun =
        days.from().map(day -> all.from(day.atStartOfDay(zone).toInstant())).orElse(all);
    return days.to()
        .map(day -> begun.before(day.plusDays(1).atStartOfDay(zone).toInstant()))
        .orElse(begun);
  }

  private ExportFormat exportFormat() {
    if (format == null) {
      String file = out.file().orElse("").toLowerCase(Locale.ROOT);
      return file.endsWith(".ndjson") || file.endsWith(".jsonl")
          ? ExportFormat.NDJSON
          : ExportFormat.CSV;
    }
    return switch (format) {
      case "csv" -> ExportFormat.CSV;
      case "ndjson" -> ExportFormat.NDJSON;
      default ->
          throw new ConfigurationException(
              "--format must be csv or ndjson, not \"" + format + "\".");
    };
  }
}
