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
import java.util.Optional;

/** How long a budget lasts before it starts anew, by the calendar. */
public enum Period {
  /** From full hour to full hour; one in which the clocks are changed may be cut in two. */
  HOUR("hourly"),
  /** From midnight to midnight. */
  DAY("daily"),
  /** Seven days, from Monday to Monday where nothing else was said. */
  WEEK("weekly"),
  /** From the first to the first where nothing else was said. */
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
    return windowStart(at, zone, DayOfWeek.MONDAY, 1);
  }

  Instant windowStart(Instant at, ZoneId zone, DayOfWeek weekStart, int monthStart) {
    return switch (this) {
      case HOUR -> hour(at.atZone(zone));
      case EVER -> Instant.EPOCH;
      case DAY, WEEK, MONTH -> {
        LocalDate first = firstDay(at, zone, weekStart, monthStart);
        yield latest(at, zone, first, next(first));
      }
    };
  }

  /** When that window ends; empty for {@link #EVER}. */
  Optional<Instant> windowEnd(Instant at, ZoneId zone, DayOfWeek weekStart, int monthStart) {
    return switch (this) {
      case HOUR -> Optional.of(nextHour(at, zone));
      case EVER -> Optional.empty();
      case DAY, WEEK, MONTH -> {
        LocalDate next = next(firstDay(at, zone, weekStart, monthStart));
        Instant end = next.atStartOfDay(zone).toInstant();
        yield Optional.of(end.isAfter(at) ? end : next(next).atStartOfDay(zone).toInstant());
      }
    };
  }

  /** The first day of the window that the calendar shows at that moment. */
  private LocalDate firstDay(Instant at, ZoneId zone, DayOfWeek weekStart, int monthStart) {
    LocalDate day = at.atZone(zone).toLocalDate();
    return switch (this) {
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(weekStart));
      case MONTH ->
          day.getDayOfMonth() >= monthStart
              ? day.withDayOfMonth(monthStart)
              : day.minusMonths(1).withDayOfMonth(monthStart);
      case HOUR, DAY, EVER -> day;
    };
  }

  /** The first day of the window after the one that begins there. */
  private LocalDate next(LocalDate first) {
    return switch (this) {
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case HOUR, DAY, EVER -> first.plusDays(1);
    };
  }

  private static Instant nextHour(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    Instant full =
        at.plus(Duration.ofHours(1))
            .minus(Duration.between(local.toLocalTime().truncatedTo(HOURS), local.toLocalTime()));
    ZoneOffsetTransition change = zone.getRules().nextTransition(at);
    return change != null && change.getInstant().isBefore(full) ? change.getInstant() : full;
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
