package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a cost can be relied on.
 *
 * @param attempts how many attempts it is of
 * @param estimated how many of them have a cost that is only an estimate
 * @param unknown how many have a cost that nobody knows, and that is not in the sum
 * @param unknownAtMost what those may have cost at most, zero when there are none; empty when for
 *     one of them nobody can tell
 * @param lost how many were never heard of again, because their process died
 */
public record Reliability(
    long attempts, long estimated, long unknown, Optional<Usd> unknownAtMost, long lost) {

  static Reliability of(Totals totals) {
    return new Reliability(
        totals.attempts(),
        totals.estimated(),
        totals.unknown(),
        totals.unknownAtMost(),
        totals.lost());
  }

  /** Whether every attempt has a cost that is no estimate. */
  public boolean isExact() {
    return estimated == 0 && unknown == 0 && lost == 0;
  }

  /** In words, one sentence a doubt; one that there is none when there is none. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (isExact()) {
      sentences.add("No cost is an estimate, and none is unknown.");
    }
    if (estimated > 0) {
      sentences.add(
          "The cost of %s is an estimate (%s of all)."
              .formatted(attempts(estimated), new Share(estimated, attempts)));
    }
    if (unknown > 0) {
      sentences.add(
          "The cost of %s is unknown and not in the sum: %s."
              .formatted(
                  attempts(unknown),
                  unknownAtMost
                      .map(most -> "at most " + new Money(most) + " more")
                      .orElse("nobody can tell how much more")));
    }
    if (lost > 0) {
      sentences.add("No end was recorded for %s.".formatted(attempts(lost)));
    }
    return List.copyOf(sentences);
  }

  private static String attempts(long count) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "attempt" : "attempts");
  }
}
