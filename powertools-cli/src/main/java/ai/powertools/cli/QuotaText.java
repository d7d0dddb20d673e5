package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.forecast.CalendarWindow;
import ai.powertools.ratelimit.forecast.Quota;
import ai.powertools.ratelimit.forecast.QuotaWindow;
import ai.powertools.ratelimit.forecast.RollingWindow;
import ai.powertools.ratelimit.simulation.LimitNotation;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads quotas and amounts of the command line: {@code tokens=2M/day}, {@code 1.5k}. */
final class QuotaText {
  private static final Pattern QUOTA =
      Pattern.compile("([a-z][a-z0-9_]*)=([^/]+)/(hour|day|week|month|([0-9]{1,4})h)");

  /** The most of anything that limiters count. */
  private static final long MOST = 1_000_000_000_000_000L;

  private QuotaText() {}

  /**
   * A quota.
   *
   * @throws ConfigurationException if it is none
   */
  static Quota quota(String text, ZoneId zone) {
    Matcher matcher = QUOTA.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigurationException(
          "--limit must be a quota such as tokens=2M/day, requests=1000/month or tokens=1M/24h,"
              + " which is any 24 hours, not \"%s\".".formatted(text));
    }
    long amount = amount("--limit", matcher.group(2));
    if (amount < 1) {
      throw new ConfigurationException("--limit " + text + " leaves nothing to be used.");
    }
    return new Quota(Dimension.of(matcher.group(1)), amount, window(matcher, zone));
  }

  private static QuotaWindow window(Matcher matcher, ZoneId zone) {
    return switch (matcher.group(3)) {
      case "hour" -> new CalendarWindow(ChronoUnit.HOURS, zone);
      case "day" -> new CalendarWindow(ChronoUnit.DAYS, zone);
      case "week" -> new CalendarWindow(ChronoUnit.WEEKS, zone);
      case "month" -> new CalendarWindow(ChronoUnit.MONTHS, zone);
      default -> rolling(Long.parseLong(matcher.group(4)));
    };
  }

  private static QuotaWindow rolling(long hours) {
    if (hours == 0) {
      throw new ConfigurationException("--limit needs a window of an hour or more.");
    }
    return new RollingWindow(Duration.ofHours(hours));
  }

  /**
   * An amount, perhaps of thousands or millions.
   *
   * @throws ConfigurationException if it is none
   */
  static long amount(String option, String text) {
    try {
      long amount = LimitNotation.amount(text.strip());
      if (amount > MOST) {
        throw new ConfigurationException(
            option + ": " + text + " is more than can be counted: give at most " + MOST + ".");
      }
      return amount;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(option + ": " + e.getMessage(), e);
    }
  }
}
