package ai.powertools.cost;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Over which time a budget counts. Immutable. */
public sealed interface Window {

  /** When the window that {@code at} falls into began. */
  Instant start(Instant at);

  /** When it ends; empty when it never does. */
  Optional<Instant> end(Instant at);

  /** As in "monthly" or "in any 7 days". */
  String adverb();

  /** The same in a form that {@link #parse} reads: what is spent is kept under it. */
  String key();

  /** What {@link #key} wrote. */
  static Window parse(String key) {
    String[] parts = key.split(" ", -1);
    return parts[0].equals("rolling")
        ? new Rolling(Duration.parse(parts[1]))
        : new Calendar(
            Period.valueOf(parts[0].toUpperCase(Locale.ROOT)),
            ZoneId.of(parts[1]),
            DayOfWeek.valueOf(parts[2]),
            Integer.parseInt(parts[3]));
  }

  /**
   * By the calendar: it starts anew at each turn.
   *
   * @param period how long one lasts
   * @param zone whose calendar
   * @param weekStart on which day a week begins
   * @param monthStart on which day a month begins, 1 to 28
   */
  record Calendar(Period period, ZoneId zone, DayOfWeek weekStart, int monthStart)
      implements Window {
    private static final int LAST_DAY_OF_EVERY_MONTH = 28;

    /**
     * Refuses days that not every month has.
     *
     * @throws IllegalArgumentException if {@code monthStart} is not 1 to 28
     */
    public Calendar {
      if (monthStart < 1 || monthStart > LAST_DAY_OF_EVERY_MONTH) {
        throw new IllegalArgumentException(
            "A month can begin on day 1 to 28, which every month has, not on " + monthStart + ".");
      }
    }

    @Override
    public Instant start(Instant at) {
      return period.windowStart(at, zone, weekStart, monthStart);
    }

    @Override
    public Optional<Instant> end(Instant at) {
      return period.windowEnd(at, zone, weekStart, monthStart);
    }

    @Override
    public String adverb() {
      return period.adverb();
    }

    /** What does not matter for the period is left at its default, so that it changes nothing. */
    @Override
    public String key() {
      boolean ever = period == Period.EVER;
      return "%s %s %s %d"
          .formatted(
              period.name().toLowerCase(Locale.ROOT),
              ever ? "Z" : zone.getId(),
              period == Period.WEEK ? weekStart : DayOfWeek.MONDAY,
              period == Period.MONTH ? monthStart : 1);
    }
  }

  /**
   * The time up to now, always of the same length. Time is counted in sixtieths of it: an amount
   * leaves the window up to a sixtieth late, and never early.
   *
   * @param length from a minute to ten years
   */
  record Rolling(Duration length) implements Window {
    private static final int PARTS = 60;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3653);

    /**
     * Refuses what would be too fine or too long.
     *
     * @throws IllegalArgumentException if it is not from a minute to ten years
     */
    public Rolling {
      if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "A rolling window is from a minute to ten years long, not " + length + ".");
      }
    }

    @Override
    public Instant start(Instant at) {
      return at.minus(length);
    }

    @Override
    public Optional<Instant> end(Instant at) {
      return Optional.of(at);
    }

    @Override
    public String adverb() {
      return "in any " + words();
    }

    @Override
    public String key() {
      return "rolling " + length;
    }

    /** How long one of the parts is that amounts are counted in. */
    Duration part() {
      return length.dividedBy(PARTS);
    }

    private String words() {
      if (length.toHours() % 24 == 0 && length.equals(Duration.ofDays(length.toDays()))) {
        return length.toDays() == 1 ? "24 hours" : length.toDays() + " days";
      }
      if (length.equals(Duration.ofHours(length.toHours()))) {
        return length.toHours() == 1 ? "hour" : length.toHours() + " hours";
      }
      if (length.equals(Duration.ofMinutes(length.toMinutes()))) {
        return length.toMinutes() == 1 ? "minute" : length.toMinutes() + " minutes";
      }
      return length.toString();
    }
  }
}
