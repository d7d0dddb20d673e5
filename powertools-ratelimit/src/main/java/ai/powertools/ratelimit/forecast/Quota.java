package ai.powertools.ratelimit.forecast;

import ai.powertools.ratelimit.Dimension;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * So much of something per window, all of it at once if one likes.
 *
 * @param dimension what is counted
 * @param amount how much may be used in one window; one at least
 * @param window when it is there again
 */
public record Quota(Dimension dimension, long amount, QuotaWindow window) {

  /**
   * Refuses an empty quota.
   *
   * @throws IllegalArgumentException if the amount is less than one
   */
  public Quota {
    if (amount < 1) {
      throw new IllegalArgumentException(
          "A quota of %d %s makes no sense: give one or more.".formatted(amount, dimension.name()));
    }
  }

  /** So much a day, from midnight to midnight there. */
  public static Quota daily(Dimension dimension, long amount, ZoneId zone) {
    return new Quota(dimension, amount, new CalendarWindow(ChronoUnit.DAYS, zone));
  }

  /** So much a month, from the first to the first there. */
  public static Quota monthly(Dimension dimension, long amount, ZoneId zone) {
    return new Quota(dimension, amount, new CalendarWindow(ChronoUnit.MONTHS, zone));
  }

  /** So much in any span of this length. */
  public static Quota rolling(Dimension dimension, long amount, Duration length) {
    return new Quota(dimension, amount, new RollingWindow(length));
  }

  /** As in {@code "2,000,000 tokens per day (UTC)"}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%,d %s per %s", amount, dimension.name().replace('_', ' '), window);
  }
}
