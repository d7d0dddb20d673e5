package ai.powertools.cost;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * When a limit is reached, if spending goes on as it did.
 *
 * @param expected the day on which it is reached by the expected amounts; empty when not within the
 *     window, nor within a year
 * @param earliest the first day on which it can't be ruled out: with 95 % certainty it is not
 *     reached before; empty like {@code expected}, and never after it
 * @param probability how likely it is reached within the window and a year at all, 0 to 1
 */
public record Exhaustion(
    Optional<LocalDate> expected, Optional<LocalDate> earliest, double probability) {

  /** As in {@code runs out about 2026-11-28, 2026-11-27 at the earliest}. */
  @Override
  public String toString() {
    if (expected.isPresent()) {
      return "runs out about %s, %s at the earliest"
          .formatted(expected.get(), earliest.orElse(expected.get()));
    }
    return earliest
        .map(
            day ->
                String.format(
                    Locale.ROOT,
                    "probably lasts; may run out from %s on (%.0f %%)",
                    day,
                    probability * 100))
        .orElse("lasts");
  }
}
