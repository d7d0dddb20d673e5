package ai.powertools.ratelimit.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * A window that moves along: what was used counts for so long, and then no more.
 *
 * @param length more than zero
 */
public record RollingWindow(Duration length) implements QuotaWindow {

  /**
   * Refuses an empty window.
   *
   * @throws IllegalArgumentException if the length is zero or negative
   */
  public RollingWindow {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("A window needs a length of more than zero: " + length);
    }
  }

  @Override
  public Instant start(Instant now) {
    return now.minus(length);
  }

  @Override
  public Instant end(Instant now) {
    return now.plus(length);
  }

  /** As in {@code "any 24 hours"}. */
  @Override
  public String toString() {
    return "any " + Words.span(length);
  }
}
