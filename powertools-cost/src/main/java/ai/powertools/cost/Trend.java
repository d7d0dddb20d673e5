package ai.powertools.cost;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums laid out over the days, weeks or months of a range, without gaps. */
record Trend(Grain grain, LocalDate first, LocalDate last) {
  /** What belongs to one value of an attribute and one day, week or month. */
  record Cell(String value, LocalDate start) {}

  Tally<LocalDate> tally() {
    return new Tally<>(row -> grain.startOf(row.day()));
  }

  Tally<Cell> tally(String attribute) {
    return new Tally<>(
        row -> new Cell(row.attributes().orBlank(attribute), grain.startOf(row.day())));
  }

  /** One after another, with zeros where there is none. */
  List<TrendPoint> points(Map<LocalDate, Totals> sums) {
    List<TrendPoint> points = new ArrayList<>();
    for (LocalDate at = grain.startOf(first); !at.isAfter(last); at = grain.after(at)) {
      points.add(new TrendPoint(at, sums.getOrDefault(at, Totals.NONE)));
    }
    return List.copyOf(points);
  }

  /** The same for each value, the dearest first. */
  Map<String, List<TrendPoint>> pointsByValue(Map<Cell, Totals> cells) {
    Map<String, Map<LocalDate, Totals>> sums = new HashMap<>();
    Map<String, RunningTotals> running = new HashMap<>();
    cells.forEach(
        (cell, totals) -> {
          sums.computeIfAbsent(cell.value, none -> new HashMap<>()).put(cell.start, totals);
          running.computeIfAbsent(cell.value, none -> new RunningTotals()).add(totals);
        });
    Map<String, Totals> whole = new HashMap<>();
    running.forEach((value, totals) -> whole.put(value, totals.sum()));
    Map<String, List<TrendPoint>> trends = new LinkedHashMap<>();
    for (Breakdown one : Breakdown.dearestFirst(whole)) {
      trends.put(one.value(), points(sums.getOrDefault(one.value(), Map.of())));
    }
    return Collections.unmodifiableMap(trends);
  }
}
