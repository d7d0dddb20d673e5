package ai.powertools.ratelimit.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How amounts, spans and moments are written for people. */
final class Words {
  private static final double THREE_DIGITS = 1000;

  private Words() {}

  /** As in {@code "1,240,000"}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /**
   * Three digits of what is small, whole numbers of what is not: {@code "0.25"}, {@code "1,240"}.
   */
  static String rate(double rate) {
    if (rate >= THREE_DIGITS || rate == Math.rint(rate)) {
      return String.format(Locale.ROOT, "%,.0f", rate);
    }
    return String.format(Locale.ROOT, "%.3g", rate);
  }

  /** To the minute, as in {@code "2026-11-27T21:04Z"}. */
  static String moment(Instant moment) {
    String text = moment.truncatedTo(ChronoUnit.MINUTES).toString();
    return text.replace(":00Z", "Z");
  }

  /** To the second, as in {@code "2026-11-27T21:04:09Z"}. */
  static String second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As in {@code "24 hours"}, {@code "3 h 20 min"} or {@code "12 s"}. */
  static String span(Duration span) {
    long hours = span.toHours();
    if (hours > 0 && span.equals(Duration.ofHours(hours))) {
      return hours == 1 ? "hour" : hours + " hours";
    }
    if (hours > 0) {
      return "%d h %d min".formatted(hours, span.toMinutesPart());
    }
    if (span.compareTo(Duration.ofMinutes(2)) >= 0) {
      return span.toMinutes() + " min";
    }
    return span.toSeconds() + " s";
  }
}
