package ai.powertools.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The calls that share one value of an attribute.
 *
 * @param value the value, as in {@code code_gen}; blank for the calls without the attribute
 * @param totals what they come to. A call counts with the value of its first attempt, so that a
 *     model that was only ever the second choice has attempts but no calls
 */
public record Breakdown(String value, Totals totals) {
  /** Then by value, so that the order is always the same. */
  static List<Breakdown> dearestFirst(Map<String, Totals> sums) {
    return sums.entrySet().stream()
        .map(one -> new Breakdown(one.getKey(), one.getValue()))
        .sorted(
            Comparator.comparing((Breakdown one) -> one.totals().cost(), Comparator.reverseOrder())
                .thenComparing(Breakdown::value))
        .toList();
  }
}
