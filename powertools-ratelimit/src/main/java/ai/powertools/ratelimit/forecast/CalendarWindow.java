package ai.powertools.ratelimit.forecast;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * A window of the calendar, at whose end all of the quota is there again: an hour, a day, a week
 * from Monday, or a month, as a time zone has them. A day may have 23 or 25 hours.
 *
 * @param unit {@code HOURS}, {@code DAYS}, {@code WEEKS} or {@code MONTHS}
 * @param zone where the calendar hangs; vendors differ, and say which
 */
public record CalendarWindow(ChronoUnit unit, ZoneId zone) implements QuotaWindow {

  /**
   * Refuses other units.
   *
   * @throws IllegalArgumentException if the unit is another
   */
  public CalendarWindow {
    switch (unit) {
      case HOURS, DAYS, WEEKS, MONTHS -> {}
      default ->
          throw new IllegalArgumentException(
              "A quota is reset every hour, day, week or month, not by " + unit + ".");
    }
  }

  @Override
  public Instant start(Instant now) {
    return begin(now).toInstant();
  }

  @Override
  public Instant end(Instant now) {
    ZonedDateTime begin = begin(now);
    // A day's start is looked up anew: clocks may have been changed since the last one.
    return unit == ChronoUnit.HOURS
        ? begin.plusHours(1).toInstant()
        : begin.toLocalDate().plus(1, unit).atStartOfDay(zone).toInstant();
  }

  private ZonedDateTime begin(Instant now) {
    ZonedDateTime there = now.atZone(zone);
    return switch (unit) {
      case HOURS -> there.truncatedTo(ChronoUnit.HOURS);
      case WEEKS ->
          there
              .toLocalDate()
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .atStartOfDay(zone);
      case MONTHS -> there.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
      default -> there.toLocalDate().atStartOfDay(zone);
    };
  }

  /** As in {@code "day (UTC)"}. */
  @Override
  public String toString() {
    String name = unit.name().toLowerCase(Locale.ROOT);
    String where = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    return "%s (%s)".formatted(name.substring(0, name.length() - 1), where);
  }
}
