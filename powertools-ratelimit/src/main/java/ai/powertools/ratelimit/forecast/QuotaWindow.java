package ai.powertools.ratelimit.forecast;

import java.time.Duration;
import java.time.Instant;

/** The time in which a quota's amount may be used. Immutable. */
public sealed interface QuotaWindow permits CalendarWindow, RollingWindow {

  /** When the window that {@code now} lies in began. */
  Instant start(Instant now);

  /**
   * When all that was used before {@code now} counts no longer: the reset of a calendar window, the
   * length of a rolling one from now.
   */
  Instant end(Instant now);

  /** How much of the window that {@code now} lies in is left. */
  default Duration left(Instant now) {
    return Duration.between(now, end(now));
  }
}
