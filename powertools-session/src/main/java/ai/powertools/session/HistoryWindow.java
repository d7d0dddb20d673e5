package ai.powertools.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long what was replaced or removed can still be read. What a snapshot holds stays anyway.
 * Immutable.
 *
 * @param duration how long; empty for ever
 */
public record HistoryWindow(Optional<Duration> duration) {
  /** Not at all: the default. */
  public static final HistoryWindow NONE = new HistoryWindow(Optional.of(Duration.ZERO));

  /** For ever. */
  public static final HistoryWindow FOREVER = new HistoryWindow(Optional.empty());

  /**
   * That long.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public HistoryWindow {
    duration.ifPresent(
        time -> {
          if (time.isNegative()) {
            throw new IllegalArgumentException("A history of " + time + " is none.");
          }
        });
  }

  /** That long. */
  public static HistoryWindow of(Duration duration) {
    return new HistoryWindow(Optional.of(duration));
  }

  boolean isOpen() {
    return duration.isEmpty() || !duration.get().isZero();
  }

  /** What ended before it may go; empty when nothing may. */
  Optional<Instant> begin(Instant now) {
    return duration.filter(Moments::isBearable).map(now::minus);
  }
}
