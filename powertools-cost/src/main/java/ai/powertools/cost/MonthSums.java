package ai.powertools.cost;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a report tells without being asked, from one reading of its rows: there may be very many
 * of them.
 *
 * @param totals of all
 * @param breakdowns by the attributes that a report has a section for
 * @param daily day by day
 * @param dailyByModel the same for each model, the dearest first
 */
record MonthSums(
    Totals totals,
    Map<String, List<Breakdown>> breakdowns,
    List<TrendPoint> daily,
    Map<String, List<TrendPoint>> dailyByModel) {

  static MonthSums of(CostAnalysis analysis) {
    Trend days = new Trend(Grain.DAY, analysis.first(), analysis.last());
    Tally<Trend.Cell> cells = days.tally(Attributes.MODEL);
    Map<String, Tally<String>> attributes = new LinkedHashMap<>();
    ReportSection.ATTRIBUTES.forEach(one -> attributes.put(one, Tally.of(one)));
    analysis.forEach(
        row -> {
          cells.add(row);
          attributes.values().forEach(tally -> tally.add(row));
        });
    Map<String, List<Breakdown>> breakdowns = new LinkedHashMap<>();
    attributes.forEach((name, tally) -> breakdowns.put(name, Breakdown.dearestFirst(tally.sums())));

    Tally<LocalDate> daily = days.tally();
    RunningTotals totals = new RunningTotals();
    Map<Trend.Cell, Totals> sums = cells.sums();
    sums.forEach(
        (cell, one) -> {
          daily.add(new DayTotals(cell.start(), Attributes.NONE, one));
          totals.add(one);
        });
    return new MonthSums(
        totals.sum(), breakdowns, days.points(daily.sums()), days.pointsByValue(sums));
  }
}
