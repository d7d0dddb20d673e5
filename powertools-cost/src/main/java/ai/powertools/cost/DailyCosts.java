package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What each day cost up to today, which is not over yet.
 *
 * @param first the day of the first amount, not after today
 * @param amounts one a day, without a gap, the last one that of today
 * @param today the day that is not over
 * @param elapsed the share of today that has passed, 0 to 1
 */
record DailyCosts(LocalDate first, List<Usd> amounts, LocalDate today, double elapsed) {

  DailyCosts {
    amounts = List.copyOf(amounts);
    if (!(elapsed >= 0 && elapsed <= 1)) {
      throw new IllegalArgumentException(
          "The share of today that has passed is from 0 to 1, not " + elapsed);
    }
    if (ChronoUnit.DAYS.between(first, today) + 1 != amounts.size()) {
      throw new IllegalArgumentException(
          "From %s to %s there is one amount a day, not %d in all."
              .formatted(first, today, amounts.size()));
    }
    for (int i = 0; i < amounts.size(); i++) {
      if (amounts.get(i).isNegative()) {
        throw new IllegalArgumentException(
            "A day costs nothing or more, not %s as %s does."
                .formatted(amounts.get(i).format(), first.plusDays(i)));
      }
    }
  }

  /** Days without an amount cost nothing; amounts of days after today are left out. */
  static DailyCosts of(Map<LocalDate, Usd> byDay, LocalDate today, double elapsed) {
    NavigableMap<LocalDate, Usd> past = new TreeMap<>(byDay).headMap(today, true);
    LocalDate first = past.isEmpty() ? today : past.firstKey();
    Stream<LocalDate> days = first.datesUntil(today.plusDays(1));
    return new DailyCosts(
        first, days.map(day -> past.getOrDefault(day, Usd.ZERO)).toList(), today, elapsed);
  }

  /** What today cost so far. */
  Usd ofToday() {
    return amounts.get(amounts.size() - 1);
  }

  /** What was spent from that day on, today's part included. */
  Usd since(LocalDate day) {
    int from = Math.toIntExact(Math.max(0, ChronoUnit.DAYS.between(first, day)));
    return from >= amounts.size()
        ? Usd.ZERO
        : amounts.subList(from, amounts.size()).stream().reduce(Usd.ZERO, Usd::plus);
  }

  /** The days that are over, in dollars, from the first one on which anything was spent. */
  double[] wholeDays() {
    return amounts.subList(0, amounts.size() - 1).stream()
        .dropWhile(Usd::isZero)
        .mapToDouble(Usd::approximately)
        .toArray();
  }
}
