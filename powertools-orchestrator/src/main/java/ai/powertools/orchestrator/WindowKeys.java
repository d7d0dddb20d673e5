package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a budget that say over which time it counts; a month of UTC without any. */
final class WindowKeys {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*([mhd])");
  private static final int LAST_DAY_OF_EVERY_MONTH = 28;

  private WindowKeys() {}

  /** A period of the calendar, if the section names one. */
  static Optional<Period> period(YamlSection section) {
    return section.parsed(
        "per",
        "hour, day, week, month or ever",
        name -> Period.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  /**
   * The budget over the time that the section tells.
   *
   * @throws ConfigurationException if the keys are wrong, or mean nothing beside each other
   */
  static Budget of(YamlSection section, Budget budget) {
    Optional<Period> per = period(section);
    Optional<Budget> rolling =
        section.parsed(
            "rolling",
            "a time from a minute to ten years, as in 24h, 7d or PT90M",
            text -> budget.rolling(length(text)));
    Optional<ZoneId> zone =
        section.parsed("zone", "a time zone such as Europe/Berlin or UTC", WindowKeys::zone);
    Optional<DayOfWeek> weekStart =
        section.parsed("week_start", "a day such as monday", WindowKeys::day);
    Optional<Integer> monthStart =
        section.parsed("month_start", "a day from 1 to 28", WindowKeys::dayOfMonth);
    if (per.isPresent() && rolling.isPresent()) {
      throw section.error("rolling", "can't stand beside \"per\"; keep one of the two");
    }
    if (zone.isPresent() && (rolling.isPresent() || per.equals(Optional.of(Period.EVER)))) {
      throw section.error("zone", "is for a budget per hour, day, week or month; leave it out");
    }
    if (weekStart.isPresent() && !per.equals(Optional.of(Period.WEEK))) {
      throw section.error("week_start", "is for a budget with per: week; leave it out");
    }
    if (monthStart.isPresent()
        && (rolling.isPresent() || per.orElse(Period.MONTH) != Period.MONTH)) {
      throw section.error("month_start", "is for a budget with per: month; leave it out");
    }
    return rolling.orElseGet(
        () ->
            budget
                .per(per.orElse(Period.MONTH))
                .in(zone.orElse(ZoneOffset.UTC))
                .startingOn(weekStart.orElse(DayOfWeek.MONDAY))
                .startingOnDay(monthStart.orElse(1)));
  }

  private static Duration length(String text) {
    Matcher span = SPAN.matcher(text.strip());
    if (!span.matches()) {
      return understood(text, () -> Duration.parse(text.strip()));
    }
    long number = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static ZoneId zone(String name) {
    return understood(name, () -> ZoneId.of(name.strip()));
  }

  private static DayOfWeek day(String name) {
    return DayOfWeek.valueOf(name.strip().toUpperCase(Locale.ROOT));
  }

  private static int dayOfMonth(String text) {
    int day = Integer.parseInt(text);
    if (day < 1 || day > LAST_DAY_OF_EVERY_MONTH) {
      throw new IllegalArgumentException(text);
    }
    return day;
  }

  private static <T> T understood(String text, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
