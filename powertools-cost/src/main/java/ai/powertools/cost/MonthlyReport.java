package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the calls of a month cost: as an object, and from it as Markdown, a page, a table for
 * spreadsheets, or a few lines for a terminal.
 *
 * <pre>{@code
 * MonthlyReport report = tracker.monthlyReport();
 * report.totalCost();
 * report.costPerTask();
 * Files.writeString(path, report.toHtml());
 * }</pre>
 *
 * <p>The object is exact; only what is made for people rounds. A month that is not over is reported
 * up to the day of the report. Immutable.
 */
public final class MonthlyReport {
  private final YearMonth month;
  private final ZoneId zone;
  private final LocalDate asOf;
  private final CostAnalysis analysis;
  private final MonthSums sums;
  private final Optional<MonthChange> change;
  private final List<BudgetLine> budgets;
  private final Optional<String> forecast;

  private MonthlyReport(
      YearMonth month,
      ZoneId zone,
      LocalDate asOf,
      CostAnalysis analysis,
      Optional<MonthChange> change,
      List<BudgetLine> budgets,
      Optional<String> forecast) {
    this.month = month;
    this.zone = zone;
    this.asOf = asOf;
    this.analysis = analysis;
    this.sums = MonthSums.of(analysis);
    this.change = change;
    this.budgets = List.copyOf(budgets);
    this.forecast = forecast;
  }

  /**
   * Of the calls of a month.
   *
   * @param zone the ledger's, by which its days begin
   * @param asOf the day on which the report is made, in that zone
   * @param rows those of the month
   * @param before those of the month before; empty when nothing is known of it
   * @param budgets how they stand
   * @param forecast what may be expected, in words
   * @throws IllegalArgumentException if the month has not begun, or a row is of another month
   */
  static MonthlyReport of(
      YearMonth month,
      ZoneId zone,
      LocalDate asOf,
      List<DayTotals> rows,
      List<DayTotals> before,
      List<BudgetLine> budgets,
      Optional<String> forecast) {
    LocalDate first = month.atDay(1);
    if (asOf.isBefore(first)) {
      throw new IllegalArgumentException(
          "%s has not begun on %s: there is nothing to report.".formatted(month, asOf));
    }
    // A clock that was set back must not make calls disappear.
    LocalDate latest =
        rows.stream()
            .map(DayTotals::day)
            .reduce(asOf, (one, other) -> one.isAfter(other) ? one : other);
    LocalDate end = month.atEndOfMonth();
    CostAnalysis analysis = CostAnalysis.of(first, asOf.isAfter(end) ? end : latest, rows);
    Optional<MonthChange> change = MonthChange.of(month, asOf, analysis, before);
    return new MonthlyReport(month, zone, asOf, analysis, change, budgets, forecast);
  }

  /** Which month. */
  public YearMonth month() {
    return month;
  }

  /** The zone by which its days begin. */
  public ZoneId zone() {
    return zone;
  }

  /** The day on which the report was made, in that zone. */
  public LocalDate asOf() {
    return asOf;
  }

  /** Whether the month was over by then. */
  public boolean isComplete() {
    return asOf.isAfter(month.atEndOfMonth());
  }

  /** All calls together. */
  public Totals totals() {
    return sums.totals();
  }

  /** What they cost, as far as it is known or estimated; see {@link #reliability()}. */
  public Usd totalCost() {
    return totals().cost();
  }

  /** What each task cost, the dearest first; what belongs to none is under the blank name. */
  public Map<String, Usd> costPerTask() {
    return costs(byTask());
  }

  /** What each user cost, the dearest first; what belongs to none is under the blank name. */
  public Map<String, Usd> costPerUser() {
    return costs(byUser());
  }

  /** What a user cost on average, to the pico-dollar; empty when no call has one. */
  public Optional<Usd> averagePerUser() {
    return new ReportSection(Attributes.USER, byUser()).average();
  }

  /** What a call cost on average, to the pico-dollar; empty when there was none. */
  public Optional<Usd> costPerCall() {
    return totals().costPerCall();
  }

  /** What a useful answer cost on average, all waste included; empty when there was none. */
  public Optional<Usd> costPerSuccess() {
    return totals().costPerSuccess();
  }

  /** By model, the dearest first. */
  public List<Breakdown> byModel() {
    return by(Attributes.MODEL);
  }

  /** By provider, the dearest first. */
  public List<Breakdown> byProvider() {
    return by(Attributes.PROVIDER);
  }

  /** By task, the dearest first. */
  public List<Breakdown> byTask() {
    return by(Attributes.TASK);
  }

  /** By user, the dearest first. */
  public List<Breakdown> byUser() {
    return by(Attributes.USER);
  }

  /** By team, the dearest first. */
  public List<Breakdown> byTeam() {
    return by(Attributes.TEAM);
  }

  /** By project, the dearest first. */
  public List<Breakdown> byProject() {
    return by(Attributes.PROJECT);
  }

  /**
   * By any attribute, a tag of one's own among them; the dearest first.
   *
   * @throws IllegalArgumentException if it can't be the name of an attribute, or is the session
   */
  public List<Breakdown> by(String attribute) {
    List<Breakdown> known = sums.breakdowns().get(attribute);
    return known == null ? analysis.by(attribute) : known;
  }

  /** Day by day, without gaps; of a month that is not over, up to the day of the report. */
  public List<TrendPoint> daily() {
    return sums.daily();
  }

  /** The same for each model, the dearest first. */
  Map<String, List<TrendPoint>> dailyByModel() {
    return sums.dailyByModel();
  }

  /** The calls of the month, to ask more of. */
  public CostAnalysis analysis() {
    return analysis;
  }

  /**
   * Compared with the month before. While the month is not over, only the days that are over are
   * compared, with the same days of the month before. Empty when nothing is known of that, or no
   * day is over.
   */
  public Optional<MonthChange> change() {
    return change;
  }

  /** The share of the input tokens that came from a cache, 0 to 1; empty without input. */
  public OptionalDouble cacheHitRate() {
    return totals().cacheHitRate();
  }

  /** How much more it would have cost without the vendors' caches; may be negative. */
  public Usd cacheSavings() {
    return totals().cacheSavings();
  }

  /** What was paid without a use. */
  public Waste waste() {
    return totals().waste();
  }

  /** How far the cost can be relied on. */
  public Reliability reliability() {
    return Reliability.of(totals());
  }

  /** The latency that half of the attempts did not exceed; empty when none was timed. */
  public Optional<Duration> p50() {
    return totals().latencies().percentile(0.5);
  }

  /** The latency that 95 % of the attempts did not exceed; empty when none was timed. */
  public Optional<Duration> p95() {
    return totals().latencies().percentile(0.95);
  }

  /** How budgets stood. */
  public List<BudgetLine> budgets() {
    return budgets;
  }

  /** What may be expected, in words; empty when nobody looked ahead. */
  public Optional<String> forecast() {
    return forecast;
  }

  /** About 15 lines for a terminal. */
  public String describe() {
    return new ReportText(this).toString();
  }

  /** As Markdown, with tables as GitHub has them. Names of users and tasks can't break out. */
  public String toMarkdown() {
    return new ReportMarkdown(this).toString();
  }

  /**
   * As a page that needs nothing else: no script, no other file, light and dark, for a phone, a
   * screen and paper. Names of users and tasks can't break out.
   */
  public String toHtml() {
    return new ReportPage(this).toString();
  }

  /**
   * As a table with commas (RFC 4180), all amounts exact; the first row names the columns. A row is
   * told by its section (total, day, budget, or the name of an attribute) and its key.
   *
   * <p>Where a key starts with what a spreadsheet takes for a formula, one of {@code = + - @}, or
   * with a {@code '}, a {@code '} is put before it, and likewise behind a semicolon; take these off
   * to have the key again.
   */
  public String toCsv() {
    return new ReportCsv(this).toString();
  }

  /** As in {@code November 2026: $12.50 in 7 attempts}. */
  @Override
  public String toString() {
    return new MonthName(month)
        + ": "
        + totals().cost().format()
        + " in "
        + totals().attempts()
        + (totals().attempts() == 1 ? " attempt" : " attempts");
  }

  private static Map<String, Usd> costs(List<Breakdown> breakdowns) {
    Map<String, Usd> costs = new LinkedHashMap<>();
    breakdowns.forEach(one -> costs.put(one.value(), one.totals().cost()));
    return Collections.unmodifiableMap(costs);
  }
}
