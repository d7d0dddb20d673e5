package ai.powertools.retry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how long an HTTP server asks to wait: {@code Retry-After} (RFC 9110, section 10.2.3) and
 * the {@code retry-after-ms} of some vendors. What makes no sense is empty, never an error.
 */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final BigDecimal LONGEST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int LONGEST_HEADER = 100;

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?|\\.\\d+");

  /** The three formats of RFC 9110, section 5.6.7. The name of the day is not checked. */
  private static final List<Pattern> DATES =
      List.of(
          date("[a-z]{3}, (?<day>\\d\\d) (?<month>[a-z]{3}) (?<year>\\d{4}) TIME GMT"),
          date("[a-z]{6,9}, (?<day>\\d\\d)-(?<month>[a-z]{3})-(?<year>\\d\\d) TIME GMT"),
          date("[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) TIME (?<year>\\d{4})"));

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int FARTHEST_YEARS = 50;

  private RetryAfter() {}

  private static Pattern date(String pattern) {
    String time = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>[0-5]\\d|60)";
    return Pattern.compile(pattern.replace("TIME", time), Pattern.CASE_INSENSITIVE);
  }

  /**
   * Reads a {@code Retry-After}: a number of seconds, also with decimals, which the standard does
   * not know but vendors send, or a date.
   *
   * @param header the header's value
   * @param now what a date is measured from; the {@code Date} header of the same answer is better
   *     than a clock that may be wrong
   * @return the wait, rounded up to whole nanoseconds; zero for a date that has passed, about 292
   *     years for anything longer; empty for all else
   */
  public static Optional<Duration> parse(String header, Instant now) {
    String value = header.strip();
    Optional<Duration> seconds = number(value, 9);
    return seconds.isPresent() ? seconds : instant(value, now).map(at -> between(now, at));
  }

  /** Reads a {@code retry-after-ms}: a number of milliseconds, also with decimals. */
  public static Optional<Duration> parseMillis(String header) {
    return number(header.strip(), 6);
  }

  private static Optional<Duration> number(String value, int decimalsToNanos) {
    if (value.length() > LONGEST_HEADER || !NUMBER.matcher(value).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = new BigDecimal(value).movePointRight(decimalsToNanos);
    // Rounded up, since a server may refuse whoever is early.
    return Optional.of(
        Duration.ofNanos(nanos.min(LONGEST_NANOS).setScale(0, RoundingMode.CEILING).longValue()));
  }

  private static Optional<Instant> instant(String value, Instant now) {
    for (Pattern pattern : DATES) {
      Matcher matcher = pattern.matcher(value);
      if (matcher.matches()) {
        return instant(matcher, now);
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

  private static Duration between(Instant now, Instant at) {
    return Nanos.clamp(Duration.between(now, at), Duration.ZERO, LONGEST);
  }
}
