package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Attributes;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.Grain;
import ai.powertools.cost.MonthlyReport;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a month cost, or takes any days apart by attributes and over time. */
@Command(
    name = "report",
    description = "What a month's calls cost; with --by, --where, --trend or days, taken apart.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An attribute is model, provider, task, user, team, project, or a tag of yours.",
      "Taken apart, costs are of the month so far and by model where nothing else was",
      "said, and come as text, csv or json."
    })
final class CostReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "Which month, as in 2026-11; the one under way by default.")
  private @Nullable String month;

  @Option(
      names = "--by",
      paramLabel = "ATTRIBUTE",
      description = "Take the cost apart by this attribute. May be given twice.")
  private List<String> by = new ArrayList<>();

  @Option(
      names = "--where",
      paramLabel = "NAME=VALUE",
      description =
          "Only calls with this attribute; without it, where VALUE is left out. May be repeated.")
  private Map<String, String> where = new LinkedHashMap<>();

  @Option(names = "--trend", paramLabel = "GRAIN", description = "Over time: day, week or month.")
  private @Nullable String trend;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, markdown, html, csv or json; what FILE ends with by default, or else text.")
  private @Nullable String format;

  @Mixin private DayOptions days = new DayOptions();
  @Mixin private OutOptions out = new OutOptions();
  @Mixin private LedgerOptions ledger = new LedgerOptions();

  CostReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    out.check(terminal);
    ReportFormat form = ReportFormat.of(Optional.ofNullable(format), out.file());
    Optional<YearMonth> wanted = Optional.ofNullable(month).map(CostReportCommand::month);
    if (wanted.isPresent() && days.isGiven()) {
      throw new ConfigurationException(
          "--month and --from or --to both say which days. Give one of the two.");
    }
    try (LedgerFile file = ledger.open(terminal)) {
      String text = isTakenApart() ? breakdown(file, wanted, form) : report(file, wanted, form);
      out.write(terminal, writer -> writer.write(text));
    }
    return ExitCode.OK.code();
  }

  private boolean isTakenApart() {
    return !by.isEmpty() || !where.isEmpty() || trend != null || days.isGiven();
  }

  private String report(LedgerFile file, Optional<YearMonth> wanted, ReportFormat form) {
    YearMonth running = YearMonth.from(file.today());
    YearMonth reported = checked(wanted.orElse(running), running);
    MonthlyReport report =
        reported.equals(running)
            ? file.ask(ledger.itsBudgets(terminal), CostTracker::monthlyReport)
            : file.ask(List.of(), costs -> costs.monthlyReport(reported));
    return switch (form) {
      case TEXT -> report.describe();
      case MARKDOWN -> report.toMarkdown();
      case HTML -> report.toHtml();
      case CSV -> report.toCsv();
      case JSON -> MonthReportJson.of(report);
    };
  }

  private String breakdown(LedgerFile file, Optional<YearMonth> wanted, ReportFormat form) {
    LocalDate today = file.today();
    YearMonth running = YearMonth.from(today);
    Optional<YearMonth> chosen = wanted.map(one -> checked(one, running));
    LocalDate last = chosen.map(YearMonth::atEndOfMonth).or(days::to).orElse(today);
    LocalDate first =
        chosen.map(one -> one.atDay(1)).or(days::from).orElse(YearMonth.from(last).atDay(1));
    DayOptions.checkOrder(first, last);
    CostBreakdown costs =
        CostBreakdown.of(
            file.ask(List.of(), tracker -> tracker.analysis(first, last)),
            where,
            by.isEmpty() && trend == null ? List.of(Attributes.MODEL) : by,
            Optional.ofNullable(trend).map(CostReportCommand::grain));
    return switch (form) {
      case TEXT -> CostBreakdownText.table(costs);
      case CSV -> CostBreakdownText.csv(costs);
      case JSON -> CostBreakdownText.json(costs);
      case MARKDOWN, HTML ->
          throw new ConfigurationException(
              "--format %s is for the report of a month. Take costs apart as text, csv or json."
                  .formatted(form.label()));
    };
  }

  private static YearMonth checked(YearMonth wanted, YearMonth running) {
    if (wanted.isAfter(running)) {
      throw new ConfigurationException(
          "--month %s has not begun: the month under way is %s.".formatted(wanted, running));
    }
    return wanted;
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text.strip());
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "--month must be a month as in 2026-11, not \"" + text + "\".", e);
    }
  }

  private static Grain grain(String name) {
    return switch (name) {
      case "day" -> Grain.DAY;
      case "week" -> Grain.WEEK;
      case "month" -> Grain.MONTH;
      default ->
          throw new ConfigurationException(
              "--trend must be day, week or month, not \"" + name + "\".");
    };
  }
}
