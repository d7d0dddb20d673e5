package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.List;
import java.util.stream.Stream;

/**
 * One kind of waste.
 *
 * @param what what was paid for
 * @param cost how much
 */
record Loss(String what, Usd cost) {
  /** The kinds that cost something, the dearest first. */
  static List<Loss> of(Waste waste) {
    return Stream.of(
            new Loss("attempts that were tried again", waste.retried()),
            new Loss("attempts that failed for good", waste.failed()),
            new Loss("attempts that were called off", waste.cancelled()),
            new Loss("answers that were cut off", waste.truncated()),
            new Loss("answers that nobody used", waste.unused()))
        .filter(one -> !one.cost().isZero())
        .sorted((one, other) -> other.cost().compareTo(one.cost()))
        .toList();
  }
}
