package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the calls of a range of days cost, taken apart by attributes and time.
 *
 * <pre>{@code
 * analysis.where("team", "search").by("model");            // the dearest first
 * analysis.where("model", "openai/gpt-5").trend(Grain.WEEK);
 * }</pre>
 *
 * <p>An attribute is any of the constants of {@link Attributes}, or a tag of one's own; calls
 * without it are found under the blank value. Whatever it is taken apart by, the parts add up to
 * {@link #totals()}. Immutable; each question goes over all rows once, and nothing is read from the
 * ledger again.
 */
public final class CostAnalysis {
  private final LocalDate first;
  private final LocalDate last;
  private final List<DayTotals> rows;

  private CostAnalysis(LocalDate first, LocalDate last, List<DayTotals> rows) {
    this.first = first;
    this.last = last;
    this.rows = rows;
  }

  /**
   * Of the days from the first to the last.
   *
   * @throws IllegalArgumentException if the last is before the first, or a row is of another day
   */
  static CostAnalysis of(LocalDate first, LocalDate last, List<DayTotals> rows) {
    checkOrder(first, last);
    for (DayTotals row : rows) {
      if (row.day().isBefore(first) || row.day().isAfter(last)) {
        throw new IllegalArgumentException(
            "A row of %s is not of the days %s to %s.".formatted(row.day(), first, last));
      }
    }
    return new CostAnalysis(first, last, List.copyOf(rows));
  }

  /** The first of the days, by the ledger's calendar. */
  public LocalDate first() {
    return first;
  }

  /** The last of the days, by the ledger's calendar. */
  public LocalDate last() {
    return last;
  }

  /**
   * Only the days from the first to the last, both included.
   *
   * @throws IllegalArgumentException if the last is before the first, or one of them is not among
   *     the days of this analysis: it can't tell what they cost
   */
  public CostAnalysis between(LocalDate first, LocalDate last) {
    checkOrder(first, last);
    if (first.isBefore(this.first) || last.isAfter(this.last)) {
      throw new IllegalArgumentException(
          "%s to %s is not within the days %s to %s of this analysis. Ask the tracker for more days."
              .formatted(first, last, this.first, this.last));
    }
    return new CostAnalysis(
        first, last, rows(row -> !row.day().isBefore(first) && !row.day().isAfter(last)));
  }

  /**
   * Only the calls whose attribute has this value; with a blank value, those without it.
   *
   * @throws IllegalArgumentException if it can't be the name of an attribute, or is the session
   */
  public CostAnalysis where(String attribute, String value) {
    checkAttribute(attribute);
    return new CostAnalysis(
        first, last, rows(row -> row.attributes().orBlank(attribute).equals(value)));
  }

  /** All together. */
  public Totals totals() {
    RunningTotals all = new RunningTotals();
    rows.forEach(row -> all.add(row.totals()));
    return all.sum();
  }

  /**
   * By the values of an attribute, the dearest first, then by value.
   *
   * @throws IllegalArgumentException if it can't be the name of an attribute, or is the session
   */
  public List<Breakdown> by(String attribute) {
    checkAttribute(attribute);
    return Breakdown.dearestFirst(sums(Tally.of(attribute)));
  }

  /**
   * What each model cost on each day, as a vendor bills it: by the model's own id, without its
   * provider, and no line for days without a cost. Narrow it with {@code where("provider", …)} to
   * what one vendor bills.
   *
   * @see BillAudit
   */
  public List<BillLine> billLines() {
    Map<BillLine, Usd> sums = new LinkedHashMap<>();
    for (DayTotals row : rows) {
      String model = row.attributes().orBlank(Attributes.MODEL);
      String id = model.substring(model.indexOf('/') + 1);
      sums.merge(new BillLine(row.day(), id, Usd.ZERO), row.totals().cost(), Usd::plus);
    }
    return sums.entrySet().stream()
        .filter(sum -> !sum.getValue().isZero())
        .map(sum -> new BillLine(sum.getKey().day(), sum.getKey().model(), sum.getValue()))
        .sorted(Comparator.comparing(BillLine::day).thenComparing(BillLine::model))
        .toList();
  }

  /**
   * By the values of two attributes, the dearest first, then by values; only pairs that occur.
   *
   * @throws IllegalArgumentException if one can't be the name of an attribute, or is the session
   */
  public List<CrossBreakdown> by(String attribute, String other) {
    checkAttribute(attribute);
    checkAttribute(other);
    return sums(new Tally<>(row -> Pair.of(row.attributes(), attribute, other))).entrySet().stream()
        .map(one -> new CrossBreakdown(one.getKey().first, one.getKey().second, one.getValue()))
        .sorted(
            Comparator.comparing(
                    (CrossBreakdown one) -> one.totals().cost(), Comparator.reverseOrder())
                .thenComparing(CrossBreakdown::first)
                .thenComparing(CrossBreakdown::second))
        .toList();
  }

  /** Over time, without gaps: with zeros where there was nothing. */
  public List<TrendPoint> trend(Grain grain) {
    Trend trend = new Trend(grain, first, last);
    return trend.points(sums(trend.tally()));
  }

  /**
   * Over time for each value of an attribute, the dearest first; each without gaps.
   *
   * @throws IllegalArgumentException if it can't be the name of an attribute, or is the session
   */
  public Map<String, List<TrendPoint>> trend(Grain grain, String attribute) {
    checkAttribute(attribute);
    Trend trend = new Trend(grain, first, last);
    return trend.pointsByValue(sums(trend.tally(attribute)));
  }

  /** As in {@code 2026-11-01 to 2026-11-30: $12.50 in 7 attempts}. */
  @Override
  public String toString() {
    Totals totals = totals();
    return "%s to %s: %s in %d %s"
        .formatted(
            first,
            last,
            totals.cost().format(),
            totals.attempts(),
            totals.attempts() == 1 ? "attempt" : "attempts");
  }

  void forEach(Consumer<DayTotals> reader) {
    rows.forEach(reader);
  }

  private <K> Map<K, Totals> sums(Tally<K> tally) {
    rows.forEach(tally::add);
    return tally.sums();
  }

  private List<DayTotals> rows(Predicate<DayTotals> wanted) {
    return rows.stream().filter(wanted).toList();
  }

  private static void checkOrder(LocalDate first, LocalDate last) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(
          "The last day, %s, is before the first, %s.".formatted(last, first));
    }
  }

  private static void checkAttribute(String name) {
    if (Attributes.checkedName(name).equals(Attributes.SESSION)) {
      throw new IllegalArgumentException(
          "Totals are not kept by session: there are too many. The ledger's entries tell theirs.");
    }
  }

  private record Pair(String first, String second) {
    static Pair of(Attributes attributes, String first, String second) {
      return new Pair(attributes.orBlank(first), attributes.orBlank(second));
    }
  }
}
