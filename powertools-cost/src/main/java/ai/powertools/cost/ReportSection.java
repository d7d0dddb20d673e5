package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a report: what a month cost by one attribute.
 *
 * @param attribute which, as in {@code model}
 * @param all by its values, the dearest first
 */
record ReportSection(String attribute, List<Breakdown> all) {
  /** How many values are shown where there is no room for all. */
  static final int TOP = 10;

  /** What a report tells without being asked. */
  static final List<String> ATTRIBUTES =
      List.of(
          Attributes.MODEL,
          Attributes.PROVIDER,
          Attributes.TASK,
          Attributes.USER,
          Attributes.TEAM,
          Attributes.PROJECT);

  /** Decimal places of an average, which is for people: a pico-dollar. */
  private static final int AVERAGE_DIGITS = 12;

  private static final String WITHOUT = "(none)";

  /** Those of a report that have something to show. */
  static List<ReportSection> of(MonthlyReport report) {
    return ATTRIBUTES.stream()
        .map(attribute -> new ReportSection(attribute, report.by(attribute)))
        .filter(section -> !section.isEmpty())
        .toList();
  }

  /** Whether no call has the attribute: then there is nothing to show. */
  boolean isEmpty() {
    return size() == 0;
  }

  /** How many values there are, without the blank one. */
  long size() {
    return all.stream().filter(one -> !one.value().isEmpty()).count();
  }

  /** What a value other than the blank one cost on average; empty if there is none. */
  Optional<Usd> average() {
    BigDecimal sum =
        all.stream()
            .filter(one -> !one.value().isEmpty())
            .map(one -> one.totals().cost().toBigDecimal())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return isEmpty()
        ? Optional.empty()
        : Optional.of(
            Usd.of(sum.divide(BigDecimal.valueOf(size()), AVERAGE_DIGITS, RoundingMode.HALF_EVEN)));
  }

  /** As in {@code By model}. */
  String title() {
    return "By " + attribute;
  }

  /** The dearest; all of them, if the rest would be a single one. */
  List<Breakdown> top(int count) {
    return all.size() <= count + 1 ? all : all.subList(0, count);
  }

  /** All but the dearest together, under a name as in {@code 7 others}; empty if there are none. */
  Optional<Breakdown> others(int count) {
    List<Breakdown> rest = all.subList(top(count).size(), all.size());
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    RunningTotals totals = new RunningTotals();
    rest.forEach(one -> totals.add(one.totals()));
    return Optional.of(
        new Breakdown(String.format(Locale.ROOT, "%,d others", rest.size()), totals.sum()));
  }

  /** The value, or what stands for none. */
  static String name(Breakdown one) {
    return one.value().isEmpty() ? WITHOUT : one.value();
  }
}
