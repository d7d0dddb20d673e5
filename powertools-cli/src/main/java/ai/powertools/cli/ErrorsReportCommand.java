package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.retry.kept.KeptErrors;
import ai.powertools.retry.report.ErrorReport;
import ai.powertools.retry.report.ErrorReports;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what went wrong of late. */
@Command(
    name = "report",
    description = "What went wrong of late: errors that are the same together, the largest first.",
    mixinStandardHelpOptions = true)
final class ErrorsReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      defaultValue = "7d",
      description = "Of the last 12h or 30d, for instance; ${DEFAULT-VALUE} by default.")
  private String since = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Only of calls to this, as in openai:gpt-5-mini.")
  private @Nullable String key;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json or html; what FILE ends with by default, or else text.")
  private @Nullable String format;

  @Mixin private OutOptions out = new OutOptions();
  @Mixin private HomeOptions home = new HomeOptions();

  ErrorsReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    out.check(terminal);
    ReportFormat form = ReportFormat.of(Optional.ofNullable(format), out.file());
    if (form == ReportFormat.MARKDOWN || form == ReportFormat.CSV) {
      throw new ConfigurationException(
          "Errors are reported as text, json or html, not as %s. Say which with --format."
              .formatted(form.label()));
    }
    Instant now = terminal.clock().instant();
    Instant begin = now.minus(Age.parse("--since", since));
    ErrorReport report;
    try (KeptFile file = home.open(terminal);
        KeptErrors errors = file.errors()) {
      report = report(errors, begin, now);
    }
    String text =
        switch (form) {
          case JSON -> report.toJson();
          case HTML -> report.toHtml();
          case TEXT, MARKDOWN, CSV -> report.toText();
        };
    out.write(terminal, writer -> writer.write(text.endsWith("\n") ? text : text + "\n"));
    return ExitCode.OK.code();
  }

  /** Trends are by when an error came, not by when it is read. */
  private ErrorReport report(KeptErrors errors, Instant begin, Instant now) {
    EventClock clock = new EventClock(begin);
    ErrorReports reports = ErrorReports.builder().time(clock).build();
    errors.forEach(
        begin,
        event -> {
          if (key == null || key.equals(event.key())) {
            clock.is(event.when());
            reports.accept(event);
          }
        });
    clock.is(now);
    return reports.snapshot();
  }
}
