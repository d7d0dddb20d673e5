package ai.powertools.cost;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Rows summed up by something about them. */
final class Tally<K> {
  private final Function<DayTotals, K> key;
  private final Map<K, RunningTotals> running = new HashMap<>();

  Tally(Function<DayTotals, K> key) {
    this.key = key;
  }

  static Tally<String> of(String attribute) {
    return new Tally<>(row -> row.attributes().orBlank(attribute));
  }

  void add(DayTotals row) {
    running.computeIfAbsent(key.apply(row), none -> new RunningTotals()).add(row.totals());
  }

  Map<K, Totals> sums() {
    Map<K, Totals> sums = new HashMap<>();
    running.forEach((one, totals) -> sums.put(one, totals.sum()));
    return sums;
  }
}
