package ai.powertools.cost;

import static java.time.temporal.ChronoUnit.HOURS;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;

/** How long a budget lasts before it starts anew, by the calendar. Weeks start on Monday. */
public enum Period {
  /** From full hour to full hour; one in which the clocks are changed may be cut in two. */
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
      case HOUR -> hour(local);
      case DAY -> latest(at, zone, day, day.plusDays(1));
      case WEEK -> {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        yield latest(at, zone, monday, monday.plusWeeks(1));
      }
      case MONTH -> latest(at, zone, day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
      case EVER -> Instant.EPOCH;
    };
  }

  /**
   * Clocks are not always changed on the hour: on Chatham 02:45 becomes 03:45, and there was no
   * full hour since. Then the window begins with the change.
   */
  private static Instant hour(ZonedDateTime local) {
    Instant at = local.toInstant();
    Instant fullHour =
        at.minus(Duration.between(local.toLocalTime().truncatedTo(HOURS), local.toLocalTime()));
    ZoneOffsetTransition change = local.getZone().getRules().previousTransition(at.plusNanos(1));
    return change != null && change.getInstant().isAfter(fullHour) ? change.getInstant() : fullHour;
  }

  /**
   * The later of two windows that has begun. It may be the next one although the calendar shows the
   * day before: in Newfoundland clocks went back from 00:01 to 23:01.
   */
  private static Instant latest(Instant at, ZoneId zone, LocalDate first, LocalDate next) {
    Instant begun = next.atStartOfDay(zone).toInstant();
    return begun.isAfter(at) ? first.atStartOfDay(zone).toInstant() : begun;
  }
}
