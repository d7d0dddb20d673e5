package ai.powertools.retry.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as people read them. */
final class Shown {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Shown() {}

  /** As in {@code 1,234}. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** As in {@code 12%}; {@code <1%} for little but not nothing, {@code >99%} for nearly all. */
  static String share(long part, long whole) {
    double percent = whole == 0 ? 0 : 100.0 * part / whole;
    if (part > 0 && percent < 1) {
      return "<1%";
    }
    return part < whole && percent > 99 ? ">99%" : Math.round(percent) + "%";
  }

  /** Of UTC. */
  static String minute(Instant when) {
    return MINUTE.format(when);
  }

  /** In the two largest units, as in {@code 1 h 2 min} or {@code 850 ms}. */
  static String duration(Duration duration) {
    if (duration.toDays() > 0) {
      return number(duration.toDays()) + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() >= 10 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  /** As in {@code one thing} or {@code 1,234 things}. */
  static String counted(long number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Type and place, as in {@code HttpException at openai/gpt-5}; on one line. */
  static String where(Fingerprint fingerprint) {
    String at = fingerprint.key().isEmpty() ? "" : " at " + fingerprint.key();
    return Messages.oneLine(fingerprint.type() + at);
  }

  /** As in {@code 3 failed, 1 degraded, 0 recovered}. */
  static String outcomes(Tally tally) {
    return "%s failed, %s degraded, %s recovered"
        .formatted(number(tally.failed()), number(tally.degraded()), number(tally.recovered()));
  }

  /** As in {@code 7 failed attempts, 850 ms of waits}. */
  static String efforts(Tally tally) {
    return counted(tally.failures(), "failed attempt")
        + ", "
        + duration(tally.waited())
        + " of waits";
  }
}
