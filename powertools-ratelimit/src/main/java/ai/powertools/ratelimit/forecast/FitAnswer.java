package ai.powertools.ratelimit.forecast;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether so many calls are let through in time.
 *
 * @param calls how many were asked about
 * @param fitting how many of them are let through in time
 * @param until before when
 * @param last when the last of them is let through; empty if it never is
 * @param inTheWay what the first call that is not let through in time waits for then; empty if all
 *     are
 */
public record FitAnswer(
    long calls, long fitting, Instant until, Optional<Instant> last, Optional<String> inTheWay) {

  /** Whether all of them are. */
  public boolean fits() {
    return fitting == calls;
  }

  /** As in {@code "No: 340 of 400 calls fit before …; the last goes at …. In the way: …"}. */
  @Override
  public String toString() {
    String when =
        last.map(moment -> "the last goes at " + Words.second(moment))
            .orElse("the last never goes");
    return fits()
        ? "Yes: all %s calls fit before %s; %s."
            .formatted(Words.count(calls), Words.second(until), when)
        : "No: %s of %s calls fit before %s; %s. In the way: %s."
            .formatted(
                Words.count(fitting),
                Words.count(calls),
                Words.second(until),
                when,
                inTheWay.orElse("nothing"));
  }
}
