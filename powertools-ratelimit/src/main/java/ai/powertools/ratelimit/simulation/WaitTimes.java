package ai.powertools.ratelimit.simulation;

import java.time.Duration;

/**
 * How long calls waited that were let through.
 *
 * @param mean of all of them; zero where there are none, like the others
 * @param p50 half of them waited no longer
 * @param p90 nine of ten waited no longer
 * @param p99 ninety-nine of a hundred waited no longer
 * @param longest nobody waited longer
 */
public record WaitTimes(Duration mean, Duration p50, Duration p90, Duration p99, Duration longest) {

  /** As in {@code "p50 0 s, p90 1.20 s, p99 3.41 s, longest 4.00 s"}. */
  @Override
  public String toString() {
    return "p50 %s, p90 %s, p99 %s, longest %s"
        .formatted(
            Notation.text(p50), Notation.text(p90), Notation.text(p99), Notation.text(longest));
  }
}
