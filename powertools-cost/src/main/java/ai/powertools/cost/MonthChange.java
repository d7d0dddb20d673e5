package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a month compares with the one before it.
 *
 * @param before the month before
 * @param days how many first days of both months are compared, while the later one is not over: as
 *     many as are over; empty when the whole months are
 * @param cost what the calls of the later month cost in those days
 * @param costBefore what those of the month before did
 */
public record MonthChange(YearMonth before, OptionalInt days, Usd cost, Usd costBefore) {
  static Optional<MonthChange> of(
      YearMonth month, LocalDate asOf, CostAnalysis analysis, List<DayTotals> rowsBefore) {
    int over = asOf.getDayOfMonth() - 1;
    boolean complete = asOf.isAfter(month.atEndOfMonth());
    if (rowsBefore.isEmpty() || (over == 0 && !complete)) {
      return Optional.empty();
    }
    YearMonth previous = month.minusMonths(1);
    CostAnalysis before = CostAnalysis.of(previous.atDay(1), previous.atEndOfMonth(), rowsBefore);
    if (complete) {
      return Optional.of(
          new MonthChange(
              previous, OptionalInt.empty(), analysis.totals().cost(), before.totals().cost()));
    }
    int days = Math.min(over, previous.lengthOfMonth());
    return Optional.of(
        new MonthChange(
            previous,
            OptionalInt.of(days),
            analysis.between(month.atDay(1), month.atDay(days)).totals().cost(),
            before.between(previous.atDay(1), previous.atDay(days)).totals().cost()));
  }

  /** How much more the later month cost; negative when it was less. */
  public Usd difference() {
    return cost.minus(costBefore);
  }

  /** As in {@code $12.00 more (20.0 %) than October 2026}. */
  @Override
  public String toString() {
    boolean same = difference().isZero();
    return (same ? "as much" : amount())
        + (days.isPresent() ? " in the first " + days(days.getAsInt()) : "")
        + (same ? " as " : " than ")
        + (days.isPresent() ? "in those of " : "")
        + new MonthName(before);
  }

  private String amount() {
    boolean less = difference().isNegative();
    Usd size = less ? costBefore.minus(cost) : difference();
    return new Money(size)
        + (less ? " less" : " more")
        + (costBefore.isZero() ? "" : " (" + Share.of(size, costBefore) + ")");
  }

  private static String days(int count) {
    return count == 1 ? "day" : count + " days";
  }
}
