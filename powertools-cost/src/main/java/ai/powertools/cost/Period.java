package ai.powertools.cost;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long a budget lasts before it starts anew, by the calendar. Weeks start on Monday. */
public enum Period {
  /** From full hour to full hour. */
  HOUR("hourly"),
  /** From midnight to midnight. */
  DAY("daily"),
  /** From Monday to Monday. */
  WEEK("weekly"),
  /** From the first to the first. */
  MONTH("monthly"),
  /** Once and for all. */
  EVER("in all");

  private final String adverb;

  Period(String adverb) {
    this.adverb = adverb;
  }

  /** As in "monthly". */
  public String adverb() {
    return adverb;
  }

  /** When the window that {@code at} falls into began; the epoch for {@link #EVER}. */
  public Instant windowStart(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    LocalDate day = local.toLocalDate();
    return switch (this) {
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
      case DAY -> start(day, zone);
      case WEEK -> start(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
      case MONTH -> start(day.withDayOfMonth(1), zone);
      case EVER -> Instant.EPOCH;
    };
  }

  /** The first midnight, or what stands for it where the clocks skip it. */
  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }
}
