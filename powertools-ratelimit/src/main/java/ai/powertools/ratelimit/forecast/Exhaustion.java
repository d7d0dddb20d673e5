package ai.powertools.ratelimit.forecast;

import java.time.Instant;
import java.util.Optional;

/**
 * When a quota runs out, before it is there again. A moment is empty where it lasts until then.
 *
 * @param earliest nine times in ten it is not sooner
 * @param likely at the mean rate
 * @param latest nine times in ten it is not later
 */
public record Exhaustion(
    Optional<Instant> earliest, Optional<Instant> likely, Optional<Instant> latest) {

  /** Whether it may well last: even the higher burn does not use it up. */
  public boolean safe() {
    return earliest.isEmpty();
  }

  /** As in {@code "runs out about 2026-11-27T21:04Z (2026-11-27T20:10Z to never)"}. */
  @Override
  public String toString() {
    if (safe()) {
      return "lasts";
    }
    String range =
        "%s to %s"
            .formatted(
                earliest.map(Words::moment).orElse("never"),
                latest.map(Words::moment).orElse("never"));
    if (likely.isEmpty()) {
      return "lasts probably, at high burn not beyond " + earliest.map(Words::moment).orElse("");
    }
    return earliest.equals(latest)
        ? "runs out at " + Words.moment(likely.get())
        : "runs out about %s (%s)".formatted(Words.moment(likely.get()), range);
  }
}
