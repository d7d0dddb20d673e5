package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.CostAnalysis;
import ai.powertools.cost.Grain;
import ai.powertools.cost.Totals;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What calls cost, taken apart: rows under the names of what they are told by.
 *
 * @param first the first day
 * @param last the last day
 * @param where which calls, by attribute
 * @param keys what the rows are told by, as in {@code team} or {@code week}
 * @param rows the dearest first, or one after another in time
 * @param totals of all rows
 */
record CostBreakdown(
    LocalDate first,
    LocalDate last,
    Map<String, String> where,
    List<String> keys,
    List<Row> rows,
    Totals totals) {

  /** What belongs to one value of each key; a blank one is that of the calls without it. */
  record Row(List<String> values, Totals totals) {}

  /**
   * By at most two attributes, or by at most one and over time.
   *
   * @throws ConfigurationException if there are more, or one can't be an attribute
   */
  static CostBreakdown of(
      CostAnalysis all, Map<String, String> where, List<String> by, Optional<Grain> grain) {
    try {
      CostAnalysis analysis = all;
      for (Map.Entry<String, String> one : where.entrySet()) {
        analysis = analysis.where(one.getKey(), one.getValue());
      }
      List<String> keys = new ArrayList<>(by);
      grain.ifPresent(one -> keys.add(one.name().toLowerCase(Locale.ROOT)));
      return new CostBreakdown(
          analysis.first(),
          analysis.last(),
          where,
          keys,
          rows(analysis, by, grain),
          analysis.totals());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--by and --where name attributes. " + e.getMessage(), e);
    }
  }

  private static List<Row> rows(CostAnalysis analysis, List<String> by, Optional<Grain> grain) {
    if (by.size() + grain.stream().count() > 2) {
      throw new ConfigurationException(
          "Costs are taken apart by two things at most. Give --by twice, or once with --trend.");
    }
    if (grain.isPresent()) {
      return by.isEmpty() ? trend(analysis, grain.get()) : trend(analysis, grain.get(), by.get(0));
    }
    return by.size() == 1
        ? analysis.by(by.get(0)).stream()
            .map(one -> new Row(List.of(one.value()), one.totals()))
            .toList()
        : analysis.by(by.get(0), by.get(1)).stream()
            .map(one -> new Row(List.of(one.first(), one.second()), one.totals()))
            .toList();
  }

  private static List<Row> trend(CostAnalysis analysis, Grain grain) {
    return analysis.trend(grain).stream()
        .map(point -> new Row(List.of(point.start().toString()), point.totals()))
        .toList();
  }

  private static List<Row> trend(CostAnalysis analysis, Grain grain, String attribute) {
    List<Row> rows = new ArrayList<>();
    analysis
        .trend(grain, attribute)
        .forEach(
            (value, points) ->
                points.forEach(
                    point ->
                        rows.add(
                            new Row(List.of(value, point.start().toString()), point.totals()))));
    return rows;
  }
}
