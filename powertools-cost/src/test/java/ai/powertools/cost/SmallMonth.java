package ai.powertools.cost;

import static ai.powertools.cost.Months.BERLIN;
import static ai.powertools.cost.Months.NOVEMBER;
import static ai.powertools.cost.Months.latencies;
import static ai.powertools.cost.Months.november;
import static ai.powertools.cost.Months.paid;
import static ai.powertools.cost.Months.row;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A month whose figures can be worked out in the head. */
final class SmallMonth {
  private static final Totals SUMMARIES =
      new Totals(
          4,
          5,
          4,
          1,
          0,
          0,
          1,
          0,
          2,
          0,
          Usd.of("6"),
          Optional.of(Usd.ZERO),
          new Usage(1000, 400, 0, 100, 0),
          Usd.of("0.75"),
          new Waste(Usd.of("0.60"), Usd.ZERO, Usd.ZERO, Usd.of("0.40"), Usd.ZERO),
          latencies(4, Duration.ofSeconds(1)));

  private static final Totals CODE =
      new Totals(
          3,
          5,
          3,
          0,
          1,
          1,
          0,
          2,
          0,
          1,
          Usd.of("3"),
          Optional.of(Usd.of("0.30")),
          new Usage(600, 0, 0, 300, 0),
          Usd.ZERO,
          new Waste(Usd.ZERO, Usd.ZERO, Usd.of("0.50"), Usd.ZERO, Usd.of("1")),
          latencies(4, Duration.ofSeconds(3)));

  static final List<DayTotals> ROWS =
      List.of(
          row(
              november(1),
              "task=sum user=ada team=search project=alpha provider=acme model=acme/big",
              SUMMARIES),
          row(november(2), "task=code user=bob provider=acme model=acme/small", CODE),
          row(november(4), "task=sum provider=acme model=acme/small", paid("1", 1)));

  static final List<DayTotals> OCTOBER =
      List.of(
          row(LocalDate.of(2026, 10, 1), "task=sum", paid("4", 1)),
          row(LocalDate.of(2026, 10, 20), "task=sum", paid("4", 1)));

  static final List<BudgetLine> BUDGETS =
      List.of(
          new BudgetLine("all, monthly", Usd.of("20"), Usd.of("10")),
          new BudgetLine("team=search, monthly", Usd.of("5"), Usd.of("6")));

  private SmallMonth() {}

  static MonthlyReport report() {
    return asOf(LocalDate.of(2026, 12, 1));
  }

  static MonthlyReport asOf(LocalDate day) {
    return MonthlyReport.of(
        NOVEMBER,
        BERLIN,
        day,
        ROWS,
        OCTOBER,
        BUDGETS,
        Optional.of("$21.00 by the end of the month."));
  }
}
