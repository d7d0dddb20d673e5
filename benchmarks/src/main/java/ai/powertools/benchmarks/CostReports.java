package ai.powertools.benchmarks;

import ai.powertools.cost.CostTracker;
import ai.powertools.cost.MonthlyReport;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A month's report from a ledger of millions of entries: summing them up, reading, the page. */
final class CostReports {
  /** Entries of the month, and of a first look. */
  private static final int ENTRIES = 10_000_000;

  private static final int FEW_ENTRIES = 1_000_000;

  /** Seconds that a report may take. */
  private static final double GOAL_SECONDS = 3;

  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1e6;

  private final CostMonth month;
  private final int entries;
  private final int times;
  private final Consumer<Comparison.Figure> told;

  CostReports(boolean quick, Consumer<Comparison.Figure> told) {
    this.entries = quick ? FEW_ENTRIES : ENTRIES;
    this.times = quick ? 3 : 5;
    this.month = new CostMonth(entries);
    this.told = told;
  }

  /** All of it, in a file of that folder. */
  void measure(Path folder) throws SQLException, IOException {
    Path file = folder.resolve("month.db");
    open(file).close();
    long start = System.nanoTime();
    month.writeInto(file);
    tell("entries written past the tracker", "1/s", entries / seconds(System.nanoTime() - start));
    tell("ledger before it is summed up", "MB", Files.size(file) / MEGABYTE);
    try (CostTracker tracker = open(file)) {
      sumUp(tracker);
      reports(tracker);
      pages(tracker.monthlyReport());
    }
    tellReport("month report, a tracker that was just opened", cold(file));
    tell("ledger with its sums", "MB", Files.size(file) / MEGABYTE);
    tell("sums of a day and a label", "rows", (double) count(file, "cost_day"));
    tell("counts of latencies with them", "rows", (double) count(file, "cost_day_latency"));
  }

  /** Every reading sums up first what is not yet; this one has nothing else to read. */
  private void sumUp(CostTracker tracker) {
    LocalDate emptyDay = LocalDate.ofInstant(CostMonth.NOW, ZoneOffset.UTC).minusMonths(2);
    long processors = ProcessorTime.nanos();
    double took = timed(() -> tracker.analysis(emptyDay, emptyDay).totals());
    tell("first roll-up", "s", took);
    tell("first roll-up", "entries/s", entries / took);
    tell("first roll-up, of the processors", "s", seconds(ProcessorTime.nanos() - processors));
  }

  private void reports(CostTracker tracker) {
    tellReport(
        "month report, the first of the process", timed(() -> checked(tracker.monthlyReport())));
    Samples warm = new Samples();
    long processors = ProcessorTime.nanos();
    for (int i = 0; i < times; i++) {
      warm.add((long) (NANOS * timed(() -> checked(tracker.monthlyReport()))));
    }
    double each = seconds(ProcessorTime.nanos() - processors) / times;
    tellReport("month report, once more", warm.micros(0.5) / 1e6);
    tell("month report, once more, of the processors", "s", each);
  }

  private void pages(MonthlyReport report) {
    Samples pages = new Samples();
    for (int i = 0; i < times; i++) {
      pages.add((long) (NANOS * timed(report::toHtml)));
    }
    tell("its page, toHtml()", "ms", pages.micros(0.5) / 1e3);
    tell("its page, toHtml()", "kB", report.toHtml().length() / 1e3);
  }

  private double cold(Path file) {
    return timed(
        () -> {
          try (CostTracker fresh = open(file)) {
            return checked(fresh.monthlyReport());
          }
        });
  }

  /** What is fast and wrong is not to be printed. */
  private MonthlyReport checked(MonthlyReport report) {
    if (report.totals().attempts() != entries || !report.totalCost().equals(month.cost())) {
      throw new IllegalStateException(
          "The report has %d attempts at %s, written were %d at %s."
              .formatted(
                  report.totals().attempts(),
                  report.totalCost().format(),
                  entries,
                  month.cost().format()));
    }
    return report;
  }

  private void tellReport(String what, double seconds) {
    told.accept(new Comparison.Figure(what, "s", seconds, GOAL_SECONDS));
  }

  private void tell(String what, String unit, double value) {
    told.accept(Comparison.Figure.shown(what, unit, value));
  }

  private static CostTracker open(Path file) {
    return CostTracker.builder().at(file).time(VirtualClock.at(CostMonth.NOW)).build();
  }

  private static double timed(Supplier<?> work) {
    long start = System.nanoTime();
    var unused = work.get();
    return seconds(System.nanoTime() - start);
  }

  private static double seconds(long nanos) {
    return nanos / NANOS;
  }

  private static long count(Path file, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
