package ai.powertools.core.headers;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The dates of HTTP in all three formats of RFC 9110, section 5.6.7. */
final class HttpDate {
  /** The name of the day is not checked. */
  private static final List<Pattern> FORMATS =
      List.of(
          format("[a-z]{3}, (?<day>\\d\\d?) (?<month>[a-z]{3}) (?<year>\\d{4}) TIME GMT"),
          format("[a-z]{6,9}, (?<day>\\d\\d)-(?<month>[a-z]{3})-(?<year>\\d\\d) TIME GMT"),
          format("[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) TIME (?<year>\\d{4})"));

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int FARTHEST_YEARS = 50;
  private static final int LONGEST_TEXT = 64;

  private HttpDate() {}

  private static Pattern format(String pattern) {
    String time = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>[0-5]\\d|60)";
    return Pattern.compile(pattern.replace("TIME", time), Pattern.CASE_INSENSITIVE);
  }

  /** The moment; empty for what is no such date. Years of two digits are near {@code now}. */
  static Optional<Instant> parse(@Nullable String text, Instant now) {
    if (text == null || text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    for (Pattern format : FORMATS) {
      Matcher date = format.matcher(text.strip());
      if (date.matches()) {
        return instant(date, now);
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(Matcher date, Instant now) {
    int month = MONTHS.indexOf(date.group("month").toLowerCase(Locale.ROOT));
    if (month < 0 || month % 3 != 0) {
      return Optional.empty();
    }
    try {
      LocalDateTime at =
          LocalDateTime.of(
              field(date, "year"),
              Month.of(month / 3 + 1),
              field(date, "day"),
              field(date, "hour"),
              field(date, "minute"),
              Math.min(field(date, "second"), 59)); // java.time has no leap seconds
      boolean full = date.group("year").length() == 4;
      return Optional.of((full ? at : inCentury(at, now)).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchDate) {
      return Optional.empty();
    }
  }

  /** Two digits mean the latest such year that is at most 50 years ahead (RFC 9110, 5.6.7). */
  private static LocalDateTime inCentury(LocalDateTime at, Instant now) {
    LocalDateTime limit = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(FARTHEST_YEARS);
    LocalDateTime latest = at.plusYears(limit.getYear() / 100 * 100L);
    return latest.isAfter(limit) ? latest.minusYears(100) : latest;
  }

  private static int field(Matcher date, String name) {
    return Integer.parseInt(date.group(name).strip());
  }
}
